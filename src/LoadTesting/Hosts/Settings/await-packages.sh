#!/usr/bin/env bash
# Waits until the packages that configure.sh began to install are there: await-packages.sh HOME TENTHS (of a second, at most)
# Prints the exit code, an empty line where there is none yet, and after it the last line of the package manager.
home=$1
exec {never}<> <(:)
for ((tries = $2; tries > 0; tries--)); do
    [[ -s $home/packages.ended ]] && break
    read -r -t 0.1 -u "$never" _
done
code=
read -r code <"$home/packages.ended"
printf '%s\n' "$code"
tail -n 1 "$home/packages.log"
