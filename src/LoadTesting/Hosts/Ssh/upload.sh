#!/bin/sh
# Writes a file from standard input in one step: upload.sh DIRECTORY FILE SIZE MODE
# A connection that is cut ends the input early: only a whole file takes the place of the old one.
umask 077
mkdir -p "$1" && if [ "$3" = 0 ]; then : >"$2.part"; else cat >"$2.part"; fi &&
    [ "$(wc -c <"$2.part")" -eq "$3" ] && chmod "$4" "$2.part" && mv -f "$2.part" "$2"
code=$?
[ "$3" = 0 ] || { read -r _ && cat >/dev/null; }
exit $code
