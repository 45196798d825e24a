#!/bin/sh
# Runs npm or npx with the Node of this machine where it is new enough, else with the one in .venv.
set -eu
tool=$1
shift
new_enough='const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)'
if ! { command -v "$tool" && node -e "$new_enough"; } >/dev/null 2>&1; then
  PATH="$(cd "$(dirname "$0")/.." && pwd)/.venv/bin:$PATH"
fi
exec "$tool" "$@"
