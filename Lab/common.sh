# Shared by the lab's scripts. Sourced, never run.
# shellcheck shell=bash

set -euo pipefail
umask 077
LC_ALL=C
export LC_ALL

lab_source=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
lab_state=${OKTETO_RUN_LAB_DIR:-/tmp/okteto-run-lab-$(id -u)}
lab_cache=${OKTETO_RUN_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/okteto-run-lab}
# The system's Python, because python3-cryptography is a package of the system.
lab_python=/usr/bin/python3

# Exit statuses: 64 usage, 69 something is missing, 70 a service failed, and 3 for `status` when stopped.
readonly status_usage=64 status_unavailable=69 status_failed=70 status_stopped=3

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() {
    local status=$1
    shift
    say "$*"
    exit "$status"
}
usage() { die "$status_usage" "usage: $*"; }

# MARK: Folders

# Creates a private folder of ours and refuses one that somebody else may have put there.
private_folder() {
    mkdir -p -- "$1"
    if [[ -L $1 || ! -O $1 ]]; then
        die "$status_failed" "$1 is not a folder of this user's; set OKTETO_RUN_LAB_DIR to another path"
    fi
    chmod 700 -- "$1"
}

# Enters a service's state folder and holds it for this process: starts and stops wait for each other.
# The lock is on the folder itself, so that it leaves no file behind.
hold_service() {
    service=$1
    private_folder "$lab_state"
    home=$lab_state/$service
    while :; do
        private_folder "$home"
        exec 9<"$home"
        flock 9
        [[ $home -ef /dev/fd/9 ]] && return
    done
}

# Removes the state of the held service, and the state folder with its last service.
forget_service() {
    rm -rf -- "$home"
    rmdir -- "$lab_state" 2>/dev/null || true
}

# Waits for, then holds, one thing in the cache.
hold_cache() {
    mkdir -p -- "$lab_cache"
    exec 8>"$lab_cache/$1.lock"
    flock 8
}

# MARK: Processes

# The time a process was started, which together with its number names it for good.
start_time() {
    local stat
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    # The program's name may hold spaces and parentheses: count fields after the last one.
    stat=${stat##*) }
    local -a fields
    read -ra fields <<<"$stat"
    [[ ${fields[0]} != Z ]] && printf '%s' "${fields[19]}"
}

# spawn NAME PROGRAM [ARGUMENT…]: starts a program of the held service in a session of its own.
spawn() {
    local name=$1
    shift
    setsid "$@" </dev/null >>"$home/$name.log" 2>&1 8>&- 9>&- &
    local pid=$!
    disown "$pid"
    printf '%s %s\n' "$pid" "$(start_time "$pid" || echo gone)" >"$home/$name.pid"
}

# alive NAME: whether the process that the pid file names is still that process.
alive() {
    local pid started
    [[ -f $lab_state/$service/$1.pid ]] || return 1
    read -r pid started <"$lab_state/$service/$1.pid" || return 1
    [[ $(start_time "$pid" || true) == "$started" ]]
}

# end NAME [SECONDS]: TERM, then KILL when that was not enough.
end() {
    local pid started deadline=$((SECONDS + ${2:-5}))
    if alive "$1"; then
        read -r pid started <"$home/$1.pid"
        kill -TERM "$pid" 2>/dev/null || true
        while alive "$1"; do
            if ((SECONDS >= deadline)); then
                kill -KILL "$pid" 2>/dev/null || true
            fi
            sleep 0.02
        done
    fi
    rm -f -- "$home/$1.pid"
}

# wait_for SECONDS COMMAND…: repeats a command until it succeeds.
wait_for() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
}

# attempt COMMAND…: runs a function so that its first failing command ends it; its status is in $attempted.
# (Within `if`, `&&` and `!`, the shell would go on after a failure.)
attempt() {
    set +e
    (
        set -e
        "$@"
    )
    attempted=$?
    set -e
}

# Prints the end of each log of the held service, for a start that failed.
show_logs() {
    local log
    for log in "$home"/*.log; do
        [[ -s $log ]] || continue
        say "the end of ${log##*/}:"
        grep -v '^$' -- "$log" | tail -n 15 >&2
    done
}

# free_ports COUNT: ports of 127.0.0.1 that nobody uses, below the range the kernel hands out by itself.
free_ports() {
    "$lab_python" - "$1" <<'PYTHON'
import random, socket, sys
held = []
while len(held) < int(sys.argv[1]):
    listener = socket.socket()
    try:
        listener.bind(("127.0.0.1", random.randrange(20000, 32000)))
        held.append(listener)
    except OSError:
        pass
print(*(listener.getsockname()[1] for listener in held))
PYTHON
}

# MARK: Root

# Runs this script again as root, for the engines. Sockets are then given to the calling user.
need_root() {
    lab_user=${OKTETO_RUN_LAB_USER:-$(id -u):$(id -g)}
    ((EUID != 0)) || return 0
    if ! sudo -n true 2>/dev/null; then
        die "$status_unavailable" "the ${0##*/} service needs root; run it as root or allow sudo without a password"
    fi
    exec sudo -n env OKTETO_RUN_LAB_DIR="$lab_state-root" OKTETO_RUN_LAB_CACHE="$lab_cache" \
        OKTETO_RUN_LAB_USER="$lab_user" "$0" "$@"
}

# The state folder of services that need root: a neighbour when this user is not root.
root_state() {
    if ((EUID == 0)); then printf '%s' "$lab_state"; else printf '%s-root' "$lab_state"; fi
}

# Unmounts everything under a folder, deepest first.
unmount_under() {
    local at
    while read -r at; do
        umount -l -- "$at" 2>/dev/null || true
    done < <(awk -v under="$1/" 'index($5, under) == 1 { print $5 }' /proc/self/mountinfo | sort -r)
}
