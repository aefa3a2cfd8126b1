# What install, upgrade and rollback share; read by them with ".", never run by itself.
#
#   $PREFIX/releases/VERSION   a program with its own environment; nothing in it changes
#   $PREFIX/current            link to the one that runs
#   $PREFIX/upgraded           the release before it; as old as the last switch

PREFIX=${PREFIX:-/opt/rumskoll}
CONFIG=${CONFIG:-/etc/rumskoll}
DATA=${DATA:-/var/lib/rumskoll}
BACKUPS=${BACKUPS:-/var/backups/rumskoll}
UNITS=${UNITS:-/etc/systemd/system}
BIN=${BIN:-/usr/local/bin}
RUN_AS=${RUN_AS:-rumskoll}
READY_S=${READY_S:-120} # a start that migrates a large file takes its time

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# The release that this folder holds: its version, and the commit where there is one.
release_of() {
    version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$1/pyproject.toml")
    [ -n "$version" ] || fail "$1 holds no Rumskoll: no version in pyproject.toml."
    commit=$(git -c safe.directory='*' -C "$1" rev-parse --short HEAD 2>/dev/null || true)
    say "$version${commit:+-$commit}"
}

current() { basename "$(readlink "$PREFIX/current" 2>/dev/null || true)"; }

# Build $1 as release $2 beside the others; whole or not at all.
build() {
    [ ! -d "$PREFIX/releases/$2" ] || return 0
    part=$PREFIX/releases/.$2.part
    rm -rf "$part"
    mkdir -p "$part"
    (cd "$1" && tar -cf - --exclude=./.git --exclude=./.venv --exclude=./data .) | tar -xf - -C "$part"
    # the environment holds absolute paths: it is made where it will be
    mv -T "$part" "$PREFIX/releases/$2"
    if ! make -s -C "$PREFIX/releases/$2" install; then
        rm -rf "$PREFIX/releases/$2"
        fail "The new version could not be built; nothing has changed."
    fi
    : >"$PREFIX/releases/$2/.built"
}

# A build that was cut short begins anew.
forget_unbuilt() {
    for unbuilt in "$PREFIX"/releases/*; do
        [ -e "$unbuilt/.built" ] || rm -rf "$unbuilt"
    done
}

# One rename: there is always a current release.
switch_to() {
    ln -sfn "releases/$1" "$PREFIX/.current.new"
    mv -T "$PREFIX/.current.new" "$PREFIX/current"
}

as_service() {
    if [ "$(id -u)" = 0 ] && [ "$RUN_AS" != root ]; then
        (cd "$CONFIG" && runuser -u "$RUN_AS" -- "$@")
    else
        (cd "$CONFIG" && "$@")
    fi
}

setting() { sed -n "s/^$1=//p" "$CONFIG/.env" 2>/dev/null | tail -1 | tr -d "'\""; }

# Does what runs now say that it is not ready? When the broker is away, say, no version changes that.
unready() { case $(READY_S=0 answers readyz 2>&1) in *"HTTP Error 503"*) say yes ;; esac }

# Did the service that was just started come up? $1: "yes" if what ran before it was not ready.
up() {
    answers readyz && return
    [ "$1" = yes ] && answers healthz && say "Not ready, as before; what it lacks: rumskoll doctor"
}

# Does it answer well on this page, READY_S from now at the latest?
answers() {
    port=$(setting RUMSKOLL_PORT)
    url=http://127.0.0.1:${port:-8080}/$1
    "$PREFIX/current/.venv/bin/python" - "$url" "$READY_S" <<'PYTHON'
import sys, time, urllib.request

url, until = sys.argv[1], time.monotonic() + float(sys.argv[2])
while True:
    try:
        urllib.request.urlopen(url, timeout=5)
        break
    except OSError as error:
        if time.monotonic() >= until:
            sys.exit(f"{url}: {error}")
    time.sleep(0.5)
PYTHON
}
