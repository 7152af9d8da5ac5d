#!/bin/sh
# Prints the size of a file and what it holds from a byte on, the first being 1: download.sh FILE BYTE
wc -c <"$1" && exec tail -c "+$2" "$1"
