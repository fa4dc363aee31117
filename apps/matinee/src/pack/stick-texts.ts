/** The program that starts a stick: nothing is looked for outside of its folder but a shell. */
export const LAUNCHER = `#!/bin/sh
# Starts Matinee from this folder. Needs no network, and nothing that is installed.
file=$0
while [ -h "$file" ]; do
  link=$(readlink "$file")
  case $link in /*) file=$link ;; *) file=$(dirname "$file")/$link ;; esac
done
here=$(cd "$(dirname "$file")" && pwd -P) || exit 1
node=$here/runtime/node
"$node" -e 0 2>/dev/null || {
  echo "matinee: $node can't run here: this disk forbids starting programs, or this computer is of another kind; copy the folder to another disk or computer" >&2
  exit 1
}
# A disk that can only be read keeps nothing: then it is kept in the user's own folder.
data=$here/data
if [ ! -w "$here" ]; then data=\${XDG_DATA_HOME:-$HOME/.local/share}/matinee-stick; fi
case \${1-} in
  '' | --[!hv]* | -[!hv-]*) set -- --data "$data" --stick "$here" "$@" ;;
esac
MALLOC_ARENA_MAX=2 NODE_COMPILE_CACHE=$data/compile \\
  exec "$node" --max-semi-space-size=2 "$here/program/apps/matinee/src/main.ts" "$@"
`

/** For whoever opens the folder. */
export const READ_ME = `Cinema on a stick

Start it:        ./matinee          on Linux, in a terminal; then open the address that it prints
Give it on:      ./matinee seed .   others get the feed and its films from this computer
Take it along:   copy the whole folder

Everything on it may be watched, copied and passed on. Each film's page says under which
licence, and so do LICENSE and ATTRIBUTION.txt beside it, under releases/.
What you watch and choose is kept under data/. Delete it before you pass the stick on.
`
