#include "CLibCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

// The wrappers must be able to pass any option on, so the type-checking macros are in the way.
#undef curl_easy_setopt
#undef curl_easy_getinfo

#if defined(__APPLE__)
static const char *const library_names[] = {"libcurl.4.dylib", "/usr/lib/libcurl.4.dylib"};
#else
static const char *const library_names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
#endif

#define FUNCTIONS(each)        \
    each(curl_global_init)     \
    each(curl_easy_init)       \
    each(curl_easy_cleanup)    \
    each(curl_easy_perform)    \
    each(curl_easy_send)       \
    each(curl_easy_recv)       \
    each(curl_easy_strerror)   \
    each(curl_easy_setopt)     \
    each(curl_easy_getinfo)    \
    each(curl_slist_append)    \
    each(curl_slist_free_all)  \
    each(curl_multi_init)      \
    each(curl_multi_cleanup)   \
    each(curl_multi_add_handle)    \
    each(curl_multi_remove_handle) \
    each(curl_multi_perform)   \
    each(curl_multi_poll)      \
    each(curl_multi_info_read)     \
    each(curl_version)

#define DECLARE(function) __typeof__(&function) function##_;
static struct {
    FUNCTIONS(DECLARE)
} curl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *failure;

static void *symbol(void *library, const char *name) {
    void *address = dlsym(library, name);
    if (address == NULL && failure == NULL) failure = dlerror();
    return address;
}

static void load(void) {
    void *library = NULL;
    for (size_t i = 0; i < sizeof library_names / sizeof *library_names && library == NULL; i++)
        library = dlopen(library_names[i], RTLD_LAZY | RTLD_LOCAL);
    if (library == NULL) {
        failure = dlerror();
        if (failure == NULL) failure = "the shared library was not found";
        return;
    }
#define RESOLVE(function) curl.function##_ = (__typeof__(&function))symbol(library, #function);
    FUNCTIONS(RESOLVE)
    if (failure == NULL && curl.curl_global_init_(CURL_GLOBAL_ALL) != CURLE_OK)
        failure = "curl_global_init reported an error";
}

const char *oktetorun_curl_load(void) {
    pthread_once(&once, load);
    return failure;
}

const char *oktetorun_curl_version(void) {
    const char *reason = oktetorun_curl_load();
    return reason == NULL ? curl.curl_version_() : reason;
}

CURL *oktetorun_curl_easy_init(void) { return curl.curl_easy_init_(); }
void oktetorun_curl_easy_cleanup(CURL *handle) { curl.curl_easy_cleanup_(handle); }
CURLcode oktetorun_curl_easy_perform(CURL *handle) { return curl.curl_easy_perform_(handle); }
const char *oktetorun_curl_easy_strerror(CURLcode code) { return curl.curl_easy_strerror_(code); }

CURLcode oktetorun_curl_easy_send(CURL *handle, const void *bytes, size_t count, size_t *sent) {
    return curl.curl_easy_send_(handle, bytes, count, sent);
}

CURLcode oktetorun_curl_easy_recv(CURL *handle, void *bytes, size_t count, size_t *received) {
    return curl.curl_easy_recv_(handle, bytes, count, received);
}

CURLcode oktetorun_curl_setopt_long(CURL *handle, CURLoption option, long value) {
    return curl.curl_easy_setopt_(handle, option, value);
}

CURLcode oktetorun_curl_setopt_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl.curl_easy_setopt_(handle, option, value);
}

CURLcode oktetorun_curl_setopt_string(CURL *handle, CURLoption option, const char *value) {
    return curl.curl_easy_setopt_(handle, option, value);
}

CURLcode oktetorun_curl_setopt_pointer(CURL *handle, CURLoption option, void *value) {
    return curl.curl_easy_setopt_(handle, option, value);
}

CURLcode oktetorun_curl_setopt_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl.curl_easy_setopt_(handle, option, value);
}

CURLcode oktetorun_curl_setopt_callback(CURL *handle, CURLoption option, curl_write_callback value) {
    return curl.curl_easy_setopt_(handle, option, value);
}

CURLcode oktetorun_curl_setopt_blob(CURL *handle, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {.data = (void *)bytes, .len = count, .flags = CURL_BLOB_COPY};
    return curl.curl_easy_setopt_(handle, option, &blob);
}

CURLcode oktetorun_curl_getinfo_long(CURL *handle, CURLINFO info, long *value) {
    return curl.curl_easy_getinfo_(handle, info, value);
}

CURLcode oktetorun_curl_getinfo_socket(CURL *handle, CURLINFO info, curl_socket_t *value) {
    return curl.curl_easy_getinfo_(handle, info, value);
}

const char *oktetorun_curl_certificate(CURL *handle, int index) {
    struct curl_certinfo *chain = NULL;
    if (curl.curl_easy_getinfo_(handle, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == NULL) return NULL;
    if (index < 0 || index >= chain->num_of_certs) return NULL;
    // Each certificate is a list of NAME:VALUE; the whole of it is the value of Cert.
    for (const struct curl_slist *entry = chain->certinfo[index]; entry != NULL; entry = entry->next)
        if (strncmp(entry->data, "Cert:", 5) == 0) return entry->data + 5;
    return NULL;
}

struct curl_slist *oktetorun_curl_slist_append(struct curl_slist *list, const char *text) {
    return curl.curl_slist_append_(list, text);
}

void oktetorun_curl_slist_free_all(struct curl_slist *list) { curl.curl_slist_free_all_(list); }

CURLM *oktetorun_curl_multi_init(void) { return curl.curl_multi_init_(); }
void oktetorun_curl_multi_cleanup(CURLM *multi) { curl.curl_multi_cleanup_(multi); }

CURLMcode oktetorun_curl_multi_add_handle(CURLM *multi, CURL *handle) {
    return curl.curl_multi_add_handle_(multi, handle);
}

CURLMcode oktetorun_curl_multi_remove_handle(CURLM *multi, CURL *handle) {
    return curl.curl_multi_remove_handle_(multi, handle);
}

CURLMcode oktetorun_curl_multi_perform(CURLM *multi, int *running) {
    return curl.curl_multi_perform_(multi, running);
}

CURLMcode oktetorun_curl_multi_poll(CURLM *multi, int descriptor, int timeout_milliseconds) {
    struct curl_waitfd extra = {.fd = descriptor, .events = CURL_WAIT_POLLIN};
    return curl.curl_multi_poll_(multi, &extra, 1, timeout_milliseconds, NULL);
}

bool oktetorun_curl_multi_result(CURLM *multi, CURLcode *result) {
    int left;
    for (CURLMsg *message; (message = curl.curl_multi_info_read_(multi, &left)) != NULL;) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return true;
    }
    return false;
}
