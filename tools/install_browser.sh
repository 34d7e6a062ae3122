#!/usr/bin/env bash
# Chromium for the browser tests, from Debian. Says loudly when it may not, and the tests then say so too.
set -u
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium libatomic1 >/dev/null && exit 0
fi
echo "!! chromium is not installed and this account may not install it: browser tests will be SKIPPED." >&2
