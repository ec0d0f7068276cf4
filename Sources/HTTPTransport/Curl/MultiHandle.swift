internal import CLibCurl

/// Owns a CURL multi handle, used for one transfer at a time so that it can be interrupted at once.
@safe struct MultiHandle: ~Copyable {
    private let raw: UnsafeMutableRawPointer

    private init(raw: UnsafeMutableRawPointer) {
        unsafe self.raw = raw
    }

    deinit {
        _ = unsafe oktetorun_curl_multi_cleanup(raw)
    }

    static func make() throws(HTTPTransportError) -> MultiHandle {
        guard let raw = unsafe oktetorun_curl_multi_init() else {
            throw HTTPTransportError(.unavailable, "libcurl has no memory left")
        }
        return unsafe MultiHandle(raw: raw)
    }

    /// Drives the transfer until it has a result, or until `cancellation` is cancelled: then the result is nil.
    func run(_ handle: borrowing EasyHandle, cancellation: TransferCancellation) -> CURLcode? {
        guard unsafe oktetorun_curl_multi_add_handle(raw, handle.raw) == CURLM_OK else { return CURLE_FAILED_INIT }
        defer { _ = unsafe oktetorun_curl_multi_remove_handle(raw, handle.raw) }
        var running: CInt = 1
        while !cancellation.isCancelled {
            guard unsafe oktetorun_curl_multi_perform(raw, &running) == CURLM_OK else { return CURLE_FAILED_INIT }
            var result = CURLE_OK
            if unsafe oktetorun_curl_multi_result(raw, &result) { return result }
            guard running > 0 else { return CURLE_FAILED_INIT }
            _ = unsafe oktetorun_curl_multi_poll(raw, cancellation.descriptor, 60_000)
        }
        return nil
    }
}
