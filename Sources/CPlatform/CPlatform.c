#define _GNU_SOURCE
#include "CPlatform.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/prctl.h>
#endif
#if defined(__APPLE__)
#include <crt_externs.h>
#include <mach-o/dyld.h>
#endif

char **oktetorun_environment(void) {
#if defined(__APPLE__)
    return *_NSGetEnviron();
#else
    return environ;
#endif
}

int oktetorun_pipe(int ends[2]) {
#if defined(__linux__)
    return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
#else
    // No pipe2 there. POSIX_SPAWN_CLOEXEC_DEFAULT in oktetorun_spawn closes the race with a concurrent spawn.
    if (pipe(ends) != 0) return errno;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
#endif
}

int oktetorun_listen(const char *path, int *descriptor) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) return ENAMETOOLONG;
    strcpy(address.sun_path, path);
#if defined(__linux__)
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
#else
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
#endif
    if (listener < 0) return errno;
    fcntl(listener, F_SETFD, FD_CLOEXEC);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1) != 0) {
        int error = errno;
        close(listener);
        return error;
    }
    *descriptor = listener;
    return 0;
}

int oktetorun_listen_loopback(int backlog, int *descriptor, unsigned short *port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
#if defined(__linux__)
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
#else
    int listener = socket(AF_INET, SOCK_STREAM, 0);
#endif
    if (listener < 0) return errno;
    fcntl(listener, F_SETFD, FD_CLOEXEC);
    int error = oktetorun_set_nonblocking(listener);
    if (error == 0 && (bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, backlog) != 0 ||
                       getsockname(listener, (struct sockaddr *)&address, &length) != 0)) {
        error = errno;
    }
    if (error != 0) {
        close(listener);
        return error;
    }
    *descriptor = listener;
    *port = ntohs(address.sin_port);
    return 0;
}

int oktetorun_accept(int listener, int *descriptor) {
#if defined(__linux__)
    *descriptor = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
#else
    *descriptor = accept(listener, NULL, NULL);
#endif
    if (*descriptor < 0) return errno;
    fcntl(*descriptor, F_SETFD, FD_CLOEXEC);
    return 0;
}

int oktetorun_set_nonblocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags >= 0 && fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0 ? 0 : errno;
}

void oktetorun_widen_pipe(int descriptor, int bytes) {
#if defined(F_SETPIPE_SZ)
    // Refused where the user has too many already: then it stays as it is.
    fcntl(descriptor, F_SETPIPE_SZ, bytes);
#else
    (void)descriptor;
    (void)bytes;
#endif
}

int oktetorun_spawn(
    pid_t *pid, const char *path, char *const *arguments, char *const *environment, const char *directory,
    int standard_input, int standard_output, int standard_error
) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all, none;
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID;
#if defined(__APPLE__)
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) return error;
    error = posix_spawnattr_init(&attributes);
    if (error != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    sigfillset(&all);
    sigemptyset(&none);
    (void)(
        (error = posix_spawn_file_actions_addchdir_np(&actions, directory)) != 0
        || (error = posix_spawn_file_actions_adddup2(&actions, standard_input, 0)) != 0
        || (error = posix_spawn_file_actions_adddup2(&actions, standard_output, 1)) != 0
        || (error = posix_spawn_file_actions_adddup2(&actions, standard_error, 2)) != 0
        || (error = posix_spawnattr_setsigdefault(&attributes, &all)) != 0
        || (error = posix_spawnattr_setsigmask(&attributes, &none)) != 0
        || (error = posix_spawnattr_setflags(&attributes, flags)) != 0
        || (error = posix_spawn(pid, path, &actions, &attributes, arguments, environment)) != 0
    );
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

const char *oktetorun_own_path(void) {
#if defined(__APPLE__)
    static char path[4096];
    uint32_t size = sizeof path;
    return _NSGetExecutablePath(path, &size) == 0 ? path : NULL;
#else
    // The kernel's own link: right even when the file was replaced meanwhile.
    return "/proc/self/exe";
#endif
}

int oktetorun_exit_status(int wait_status) {
    return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

void oktetorun_kill_session(pid_t leader, int number) {
    if (leader <= 1) return;
    kill(-leader, number);
#if defined(__linux__)
    DIR *processes = opendir("/proc");
    if (processes == NULL) return;
    for (struct dirent *entry; (entry = readdir(processes)) != NULL;) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (pid > 1 && getsid(pid) == leader) kill(pid, number);
    }
    closedir(processes);
#endif
}

void oktetorun_forbid_inspection(void) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#if defined(__linux__)
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

void oktetorun_wipe(void *bytes, size_t count) {
    // Through a volatile pointer, so that no compiler may leave it out; explicit_bzero(3) is not everywhere.
    volatile unsigned char *byte = bytes;
    while (count-- > 0) *byte++ = 0;
}

static volatile sig_atomic_t signal_descriptor = -1;
static volatile sig_atomic_t signal_count = 0;

static void forward_signal(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    // Here and not in a thread: every thread may be waiting for a reader of the output that has stopped.
    if (++signal_count >= 3) _exit(128 + number);
    // A full pipe loses the byte, and 64 KiB of unread signals are enough to have been heard.
    ssize_t ignored = write(signal_descriptor, &byte, 1);
    (void)ignored;
    errno = saved;
}

void oktetorun_forward_signals(int descriptor, const int *signals, int count) {
    signal_descriptor = descriptor;
    for (int i = 0; i < count; i++) {
        struct sigaction previous;
        if (sigaction(signals[i], NULL, &previous) == 0 && previous.sa_handler == SIG_IGN) continue;
        struct sigaction action = {.sa_handler = forward_signal, .sa_flags = SA_RESTART};
        sigemptyset(&action.sa_mask);
        sigaction(signals[i], &action, NULL);
    }
}

void oktetorun_ignore_broken_pipes(void) { signal(SIGPIPE, SIG_IGN); }

int oktetorun_terminal_columns(int descriptor) {
    struct winsize size;
    return isatty(descriptor) && ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int oktetorun_terminal_rows(int descriptor) {
    struct winsize size;
    return isatty(descriptor) && ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

bool oktetorun_is_in_background(int descriptor) {
    // -1 where the terminal is not this session's: nobody else's job control is disturbed then.
    pid_t foreground = tcgetpgrp(descriptor);
    return foreground > 0 && foreground != getpgrp();
}

static volatile sig_atomic_t continuation_count = 0;

static void count_continuation(int number) {
    (void)number;
    continuation_count++;
}

void oktetorun_count_continuations(void) {
    struct sigaction action = {.sa_handler = count_continuation, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGCONT, &action, NULL);
}

int oktetorun_continuations(void) { return continuation_count; }

int oktetorun_open_unnamed_file(const char *folder, int *descriptor) {
#if defined(O_TMPFILE)
    *descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
    if (*descriptor >= 0) return 0;
#endif
    // Not every file system has files without names.
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/okteto-run-XXXXXX", folder);
    if (length < 0 || (size_t)length >= sizeof path) return ENAMETOOLONG;
    *descriptor = mkostemp(path, O_CLOEXEC);
    if (*descriptor < 0) return errno;
    unlink(path);
    return 0;
}

static volatile sig_atomic_t stop_request = 0;

static void keep_stop_request(int number) {
    (void)number;
    stop_request = 1;
}

void oktetorun_defer_stops(bool is_deferred) {
    struct sigaction previous, action = {.sa_handler = is_deferred ? keep_stop_request : SIG_DFL, .sa_flags = SA_RESTART};
    if (sigaction(SIGTSTP, NULL, &previous) == 0 && previous.sa_handler == SIG_IGN) return;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTSTP, &action, NULL);
}

bool oktetorun_take_stop_request(void) {
    bool is_requested = stop_request != 0;
    stop_request = 0;
    return is_requested;
}

void oktetorun_stop(void) {
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    // Threads of a pool, and those that they start, let no signals in.
    pthread_sigmask(SIG_UNBLOCK, &stop, NULL);
    oktetorun_defer_stops(false);
    // To this thread, so that it is delivered before this returns; it stops them all.
    raise(SIGTSTP);
    oktetorun_defer_stops(true);
}
