#pragma once

// What Swift cannot reach through the Glibc and Darwin modules: GNU extensions, variadic functions,
// function-like macros, and a signal handler, which may not run Swift code.
#include <stdbool.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The environment that the process was started with, as environ(7) has it.
char *_Nullable *_Nonnull oktetorun_environment(void);

/// A pipe whose ends no child inherits. Returns 0, or an errno.
int oktetorun_pipe(int ends[_Nonnull 2]);

/// Listens for one connection on a new Unix socket at `path`, which no child inherits. Returns 0, or an errno.
int oktetorun_listen(const char *_Nonnull path, int *_Nonnull descriptor);

/// Listens on a free port of 127.0.0.1, on a non-blocking socket that no child inherits. Returns 0, or an errno.
int oktetorun_listen_loopback(int backlog, int *_Nonnull descriptor, unsigned short *_Nonnull port);

/// Takes a connection that no child inherits. Returns 0, or an errno.
int oktetorun_accept(int listener, int *_Nonnull descriptor);

/// Makes reads and writes of `descriptor` non-blocking. Returns 0, or an errno.
int oktetorun_set_nonblocking(int descriptor);

/// Lets a pipe hold more than its usual 64 KiB where the system can, so that both sides are woken less often.
void oktetorun_widen_pipe(int descriptor, int bytes);

/// Starts `path` as the leader of a session of its own, with default signal dispositions and an empty
/// signal mask, in `directory`, with the three descriptors as its standard streams. Returns 0, or an errno.
int oktetorun_spawn(
    pid_t *_Nonnull pid,
    const char *_Nonnull path,
    char *_Nullable const *_Nonnull arguments,
    char *_Nullable const *_Nonnull environment,
    const char *_Nonnull directory,
    int standard_input,
    int standard_output,
    int standard_error
);

/// Starts a shell as `oktetorun_spawn` does, with no descriptor but the three, and on Linux below a guard: a process of its own that adopts whatever the
/// shell's descendants leave behind (PR_SET_CHILD_SUBREAPER) and kills it when the shell has ended, `setsid` or not.
/// It then ends with the shell's status, so `*pid`, which is the guard's, stands for all of it. When this process is
/// gone, the guard gives the shell two seconds to end by itself, and then kills everything.
///
/// `*control` is the descriptor for `oktetorun_end_guarded`, to be closed after the end; -1 where there is no guard,
/// and then `*pid` is the shell's. Returns 0, or an errno.
int oktetorun_spawn_guarded(
    pid_t *_Nonnull pid,
    int *_Nonnull control,
    const char *_Nonnull path,
    char *_Nullable const *_Nonnull arguments,
    char *_Nullable const *_Nonnull environment,
    const char *_Nonnull directory,
    int standard_input,
    int standard_output,
    int standard_error
);

/// Kills a guarded shell and everything below it; `waitpid` on the guard tells when nothing is left.
void oktetorun_end_guarded(pid_t pid, int control);

/// A path by which this program itself can be started again, or NULL.
const char *_Nullable oktetorun_own_path(void);

/// The exit status a shell would give for what waitpid(2) stored: the status, or 128 + the signal's number.
int oktetorun_exit_status(int wait_status);

/// Sends `signal` to every process of the session that `leader` leads, whatever its process group. Linux alone
/// can find those outside the leader's group; elsewhere this is kill(-leader).
void oktetorun_kill_session(pid_t leader, int signal);

/// Forbids core dumps, and other processes of the same user to attach to this one: both show secrets.
void oktetorun_forbid_inspection(void);

/// Overwrites bytes that are no longer needed with zeros, in a way that no optimiser removes.
void oktetorun_wipe(void *_Nullable bytes, size_t count);

/// From now on each of the signals writes its number as one byte to `descriptor`, and the third of them ends the
/// program at once, whatever its threads wait for. A signal that the process was started with as ignored (nohup, `&`
/// in a script) stays ignored.
void oktetorun_forward_signals(int descriptor, const int *_Nonnull signals, int count);

/// Ignores SIGPIPE, so that a reader that went away is an error of write(2) and not the end of the program.
void oktetorun_ignore_broken_pipes(void);

/// Opens a file in `folder` that has no name, for this user alone, for reading and writing; no child inherits it, and it is
/// gone when it is closed. Returns 0, or an errno.
int oktetorun_open_unnamed_file(const char *_Nonnull folder, int *_Nonnull descriptor);

/// The columns of the terminal at `descriptor`, or 0 when it is none.
int oktetorun_terminal_columns(int descriptor);

/// The rows of the terminal at `descriptor`, or 0 when it is none.
int oktetorun_terminal_rows(int descriptor);

/// Whether the shell of the terminal at `descriptor` has put this program into its background, where it must not draw.
bool oktetorun_is_in_background(int descriptor);

/// From now on the terminal's request to stop (SIGTSTP, Ctrl-Z) is kept until it is asked after, where it was not ignored
/// before; `false` lets it stop the program at once again.
void oktetorun_defer_stops(bool is_deferred);

/// Whether there was such a request since this was asked last.
bool oktetorun_take_stop_request(void);

/// Stops the program as that request does when it is not deferred, and returns when it has been continued. A program that
/// no shell could continue is not stopped.
void oktetorun_stop(void);

/// Counts from now on how often the program is continued after it was stopped (SIGCONT).
void oktetorun_count_continuations(void);

/// How often that was.
int oktetorun_continuations(void);

#ifdef __cplusplus
}
#endif
