#pragma once

// libcurl's types and constants come from its own headers; its functions are reached through the
// wrappers below, which look them up in the shared library at run time. Two reasons: linking libcurl
// adds 5 to 7 ms to every start of the program, most of which never speak HTTP; and Swift cannot call
// the variadic curl_easy_setopt and curl_easy_getinfo, so typed wrappers are needed anyway.
#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if LIBCURL_VERSION_NUM < 0x075500
// CURLOPT_PROTOCOLS_STR came with 7.85; an older library answers CURLE_UNKNOWN_OPTION to the number.
enum { OKTETORUN_CURLOPT_PROTOCOLS_STR = CURLOPTTYPE_STRINGPOINT + 318 };
#else
enum { OKTETORUN_CURLOPT_PROTOCOLS_STR = CURLOPT_PROTOCOLS_STR };
#endif

/// Loads libcurl and initialises it, once per process. Returns NULL, or why it could not be loaded.
const char *_Nullable oktetorun_curl_load(void);

/// The versions of libcurl and of the libraries that it uses (curl_version(3)), or why it could not be loaded.
const char *_Nonnull oktetorun_curl_version(void);

CURL *_Nullable oktetorun_curl_easy_init(void);
void oktetorun_curl_easy_cleanup(CURL *_Nonnull handle);
CURLcode oktetorun_curl_easy_perform(CURL *_Nonnull handle);
CURLcode oktetorun_curl_easy_send(CURL *_Nonnull handle, const void *_Nonnull bytes, size_t count, size_t *_Nonnull sent);
CURLcode oktetorun_curl_easy_recv(CURL *_Nonnull handle, void *_Nonnull bytes, size_t count, size_t *_Nonnull received);
const char *_Nonnull oktetorun_curl_easy_strerror(CURLcode code);

CURLcode oktetorun_curl_setopt_long(CURL *_Nonnull handle, CURLoption option, long value);
CURLcode oktetorun_curl_setopt_offset(CURL *_Nonnull handle, CURLoption option, curl_off_t value);
CURLcode oktetorun_curl_setopt_string(CURL *_Nonnull handle, CURLoption option, const char *_Nullable value);
CURLcode oktetorun_curl_setopt_pointer(CURL *_Nonnull handle, CURLoption option, void *_Nullable value);
CURLcode oktetorun_curl_setopt_list(CURL *_Nonnull handle, CURLoption option, struct curl_slist *_Nullable value);
CURLcode oktetorun_curl_setopt_callback(CURL *_Nonnull handle, CURLoption option, curl_write_callback _Nullable value);

/// Sets an option that takes bytes, of which libcurl makes a copy.
CURLcode oktetorun_curl_setopt_blob(CURL *_Nonnull handle, CURLoption option, const void *_Nullable bytes, size_t count);

CURLcode oktetorun_curl_getinfo_long(CURL *_Nonnull handle, CURLINFO info, long *_Nonnull value);
CURLcode oktetorun_curl_getinfo_socket(CURL *_Nonnull handle, CURLINFO info, curl_socket_t *_Nonnull value);

/// The PEM text of the certificate with that index of those that the server presented, or NULL when there are no more.
/// Needs CURLOPT_CERTINFO. The text belongs to the handle.
const char *_Nullable oktetorun_curl_certificate(CURL *_Nonnull handle, int index);

struct curl_slist *_Nullable oktetorun_curl_slist_append(struct curl_slist *_Nullable list, const char *_Nonnull text);
void oktetorun_curl_slist_free_all(struct curl_slist *_Nullable list);

CURLM *_Nullable oktetorun_curl_multi_init(void);
void oktetorun_curl_multi_cleanup(CURLM *_Nonnull multi);
CURLMcode oktetorun_curl_multi_add_handle(CURLM *_Nonnull multi, CURL *_Nonnull handle);
CURLMcode oktetorun_curl_multi_remove_handle(CURLM *_Nonnull multi, CURL *_Nonnull handle);
CURLMcode oktetorun_curl_multi_perform(CURLM *_Nonnull multi, int *_Nonnull running);
/// Waits until the transfer can go on, `descriptor` is readable, or the time is over.
CURLMcode oktetorun_curl_multi_poll(CURLM *_Nonnull multi, int descriptor, int timeout_milliseconds);
/// The result of the one transfer that `multi` holds; false while it has none.
bool oktetorun_curl_multi_result(CURLM *_Nonnull multi, CURLcode *_Nonnull result);

#ifdef __cplusplus
}
#endif
