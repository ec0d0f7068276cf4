# Shared by the two container engines of the lab. Sourced after common.sh, never run.
# shellcheck shell=bash disable=SC2154

PATH=$PATH:/usr/sbin:/sbin

# Our own corner of the cgroup tree, by the state folder's path.
cgroup_name() { printf 'okteto-run-lab-%s' "$(cksum <<<"$lab_state" | cut -d ' ' -f 1)"; }

# Lets the calling user reach the socket of an engine that root runs for them.
open_way_to_socket() {
    [[ $lab_user == 0:* ]] || chmod 711 -- "$lab_state" "$home"
}
give_socket() {
    [[ $lab_user == 0:* ]] || chown "$lab_user" -- "$1"
}

# The layers' file system: overlay where the state folder's file system can carry it, else plain copies.
storage_driver() {
    local trial=$home/trial driver=vfs
    mkdir -p "$trial"/{lower,upper,work,merged}
    if mount -t overlay overlay \
        -o "lowerdir=$trial/lower,upperdir=$trial/upper,workdir=$trial/work" "$trial/merged" 2>/dev/null; then
        umount "$trial/merged"
        driver=$1
    fi
    rm -rf -- "$trial"
    printf '%s' "$driver"
}

api() {
    local socket=$1
    shift
    curl -sS --fail-with-body --max-time 60 --unix-socket "$socket" "$@"
}

# Removes all containers, so that the engine itself undoes their processes, mounts and cgroups.
remove_containers() {
    local id
    for id in $(api "$1" "http://lab/containers/json?all=1" 2>/dev/null |
        grep -oE '"Id":"[0-9a-f]{64}"' | cut -d '"' -f 4); do
        api "$1" -X DELETE "http://lab/containers/$id?force=1&v=1" >/dev/null 2>&1 || true
    done
}

# end_strays PROGRAM…: kills what is left of these programs with a path of the held service among its
# arguments. They outlive an engine that was killed.
end_strays() {
    local folder pid arguments wanted
    for folder in /proc/[0-9]*; do
        pid=${folder#/proc/}
        arguments=$({ tr '\0' ' ' <"$folder/cmdline"; } 2>/dev/null) || continue
        [[ $arguments == *"$home/"* ]] || continue
        for wanted; do
            if [[ $(<"$folder/comm") == "$wanted"* ]]; then kill -KILL "$pid" 2>/dev/null || true; fi
        done 2>/dev/null
    done
}

# remove_cgroups NAME…: kills what runs in the cgroups of these names, and takes them away, in every hierarchy.
remove_cgroups() {
    local name folders tries pid
    for name; do
        for ((tries = 0; tries < 50; tries++)); do
            mapfile -t folders < <(find /sys/fs/cgroup -depth -type d \( -name "$name" -o -path "*/$name/*" \))
            ((${#folders[@]})) || break
            for pid in $(cat "${folders[@]/%//cgroup.procs}" 2>/dev/null | sort -u); do
                kill -KILL "$pid" 2>/dev/null || true
            done
            rmdir -- "${folders[@]}" 2>/dev/null || sleep 0.05
        done
    done
}

# Remembers which of these paths are not there yet, to take them away again after the engine.
remember_absent() {
    local path
    for path; do [[ -e $path ]] || printf '%s\n' "$path"; done >"$home/absent"
}

# Takes away files, and folders when nothing is in them, that were not there before.
remove_new() {
    local path
    [[ -f $home/absent ]] || return 0
    while read -r path; do
        if [[ -d $path ]]; then
            find "$path" -depth -type d -empty -delete 2>/dev/null || true
        else
            rm -f -- "$path"
        fi
    done <"$home/absent"
}
