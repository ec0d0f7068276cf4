#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>

// The guard is a fork of a process that has threads and never executes anything: only what signal-safety(7) lists, and
// bare system calls, may stand below.

/// How long a shell has to end by itself when okteto-run is gone: its own trap takes a tenth of a second.
enum { milliseconds_to_leave = 2000, milliseconds_to_reap = 5000, control = 3 };

struct start {
    const char *path, *directory;
    char *const *arguments, *const *environment;
    int streams[3];
};

static void set_all_signals(void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
}

/// Closes every descriptor from `first` on, now or when the process executes a program.
static void close_from(int first, bool when_executing) {
    // CLOSE_RANGE_CLOEXEC is not in every libc's headers.
    if (syscall(SYS_close_range, first, ~0U, when_executing ? 1U << 2 : 0) == 0) return;
    long limit = sysconf(_SC_OPEN_MAX);
    for (int i = first; i < limit; i++) {
        if (when_executing) {
            fcntl(i, F_SETFD, FD_CLOEXEC);
        } else {
            close(i);
        }
    }
}

/// What the shell's process does until it is the shell.
static _Noreturn void become_shell(const struct start *start, int report) {
    int streams[3];
    sigset_t none;
    // Above the standard descriptors first: a caller may have been started with one of those closed.
    for (int i = 0; i < 3; i++) {
        streams[i] = fcntl(start->streams[i], F_DUPFD_CLOEXEC, 3);
        if (streams[i] < 0) goto failed;
    }
    for (int i = 0; i < 3; i++) {
        if (dup2(streams[i], i) < 0) goto failed;
    }
    // What okteto-run was started with beside the three is none of the commands' business.
    close_from(3, true);
    setsid();
    if (chdir(start->directory) != 0) goto failed;
    set_all_signals(SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(start->path, start->arguments, start->environment);
failed:;
    int error = errno;
    ssize_t ignored = write(report, &error, sizeof error);
    (void)ignored;
    _exit(127);
}

/// Sends KILL to every child of this process; children of children become its own when their parents end.
static void kill_children(void) {
    char buffer[4096];
    int list = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    if (list < 0) return;
    pid_t pid = 0;
    ssize_t count;
    while ((count = read(list, buffer, sizeof buffer)) > 0) {
        for (ssize_t i = 0; i < count; i++) {
            if (buffer[i] >= '0' && buffer[i] <= '9') {
                pid = pid * 10 + (buffer[i] - '0');
            } else {
                if (pid > 1) kill(pid, SIGKILL);
                pid = 0;
            }
        }
    }
    if (pid > 1) kill(pid, SIGKILL);
    close(list);
}

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/// Waits for the shell, and ends it when it is told to or when okteto-run is gone. Returns what waitpid(2) stored.
static int watch(pid_t shell, int child_signals) {
    struct pollfd entries[2] = {{.fd = control, .events = POLLIN}, {.fd = child_signals, .events = POLLIN}};
    long deadline = 0;
    for (;;) {
        int status;
        pid_t pid;
        while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
            if (pid == shell) return status;
        }
        if (deadline != 0 && now() >= deadline) {
            kill(-shell, SIGKILL);
            kill(shell, SIGKILL);
        }
        poll(entries, 2, deadline != 0 ? 50 : -1);
        struct signalfd_siginfo ignored;
        while (read(child_signals, &ignored, sizeof ignored) > 0) {}
        if (entries[0].fd >= 0 && entries[0].revents != 0) {
            char byte;
            ssize_t count = read(control, &byte, 1);
            if (count == 1) {
                deadline = now();
            } else if (count == 0 || errno != EINTR) {
                entries[0].fd = -1;
                if (deadline == 0) deadline = now() + milliseconds_to_leave;
            }
        }
    }
}

static _Noreturn void guard(const struct start *start, int control_end, int report) {
    sigset_t child;
    setsid();
    // A terminal's signals do not come here, and others must not end what ends the rest.
    set_all_signals(SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    pid_t shell = fork();
    if (shell == 0) become_shell(start, report);
    if (shell < 0) {
        int error = errno;
        ssize_t ignored = write(report, &error, sizeof error);
        (void)ignored;
        _exit(127);
    }
    // Whatever else okteto-run has open must not stay open because of this process.
    dup2(control_end, control);
    for (int i = 0; i < control; i++) close(i);
    close_from(control + 1, false);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    int status = watch(shell, signalfd(-1, &child, SFD_NONBLOCK | SFD_CLOEXEC));
    // The group first, at one blow: what is forked at this moment is in it. Then whatever has left it.
    kill(-shell, SIGKILL);
    for (long limit = now() + milliseconds_to_reap; now() < limit;) {
        kill_children();
        pid_t pid;
        while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {}
        if (pid < 0 && errno == ECHILD) break;
        poll(NULL, 0, 1);
    }
    _exit(oktetorun_exit_status(status));
}

int oktetorun_spawn_guarded(
    pid_t *pid, int *control_end, const char *path, char *const *arguments, char *const *environment,
    const char *directory, int standard_input, int standard_output, int standard_error
) {
    struct start start = {path, directory, arguments, environment, {standard_input, standard_output, standard_error}};
    int controls[2], reports[2], error;
    if ((error = oktetorun_pipe(controls)) != 0) return error;
    if ((error = oktetorun_pipe(reports)) != 0) {
        close(controls[0]);
        close(controls[1]);
        return error;
    }
    // No handler of okteto-run's may run in the children.
    sigset_t all, previous;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &previous);
    *pid = fork();
    if (*pid == 0) guard(&start, controls[0], reports[1]);
    error = *pid < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &previous, NULL);
    close(controls[0]);
    close(reports[1]);
    if (error == 0) {
        ssize_t count;
        while ((count = read(reports[0], &error, sizeof error)) < 0 && errno == EINTR) {}
        if (count != sizeof error) error = 0;
        if (error != 0) {
            while (waitpid(*pid, NULL, 0) < 0 && errno == EINTR) {}
        }
    }
    close(reports[0]);
    if (error != 0) {
        close(controls[1]);
        return error;
    }
    *control_end = controls[1];
    return 0;
}

#else

int oktetorun_spawn_guarded(
    pid_t *pid, int *control_end, const char *path, char *const *arguments, char *const *environment,
    const char *directory, int standard_input, int standard_output, int standard_error
) {
    *control_end = -1;
    return oktetorun_spawn(
        pid, path, arguments, environment, directory, standard_input, standard_output, standard_error
    );
}

#endif

void oktetorun_end_guarded(pid_t pid, int control_end) {
    if (control_end < 0) {
        oktetorun_kill_session(pid, SIGKILL);
        return;
    }
    char byte = 'K';
    ssize_t ignored = write(control_end, &byte, 1);
    (void)ignored;
}
