#!/usr/bin/env bash
# Answers each line with the time. Nothing may follow the loop: it would be read as a line.
while read -r _; do printf '%s\n' "$EPOCHREALTIME"; done
