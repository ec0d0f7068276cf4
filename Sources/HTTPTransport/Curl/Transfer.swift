internal import CLibCurl
internal import ProcessEnvironment

/// One request under way on one thread: what libcurl's callbacks fill.
final class Transfer {
    private let onBody: (@Sendable (RawSpan) -> Bool)?
    private let maximumBodyBytes: Int
    private var head = HTTPResponseHead()
    private var body: [UInt8] = []
    private var isTooLarge = false
    private var isStopped = false

    private init(maximumBodyBytes: Int, onBody: (@Sendable (RawSpan) -> Bool)?) {
        self.maximumBodyBytes = maximumBodyBytes
        self.onBody = onBody
    }

    /// Sends a request and waits for its end, blocking the thread.
    static func perform(
        _ request: HTTPRequest,
        client: HTTPClient,
        onBody: (@Sendable (RawSpan) -> Bool)?,
        cancellation: TransferCancellation
    ) throws(HTTPTransportError) -> HTTPResponse {
        var handle = try EasyHandle.make()
        let multi = try MultiHandle.make()
        let headers = HeaderList(request)
        let transfer = Transfer(maximumBodyBytes: request.limits.maximumBodyBytes, onBody: onBody)
        try handle.configure(client, url: request.url, connectTimeout: request.limits.connect)
        if let total = request.limits.total { handle.set(CURLOPT_TIMEOUT_MS, max(1, total.milliseconds)) }
        _ = unsafe oktetorun_curl_setopt_list(handle.raw, CURLOPT_HTTPHEADER, headers.raw)
        if request.wantsCertificates { handle.set(CURLOPT_CERTINFO, 1) }
        transfer.attach(to: handle)

        // libcurl reads the body in place: the secret is not copied into its memory.
        let bytes = request.body?.bytes ?? []
        let code = unsafe bytes.withUnsafeBytes { buffer -> CURLcode? in
            unsafe setMethod(request, body: buffer, on: handle)
            return withExtendedLifetime(transfer) { multi.run(handle, cancellation: cancellation) }
        }
        guard let code else { throw HTTPTransportError(.cancelled, "the request was cancelled") }
        if transfer.isTooLarge {
            throw HTTPTransportError(.tooLarge, "the response is larger than \(request.limits.maximumBodyBytes) bytes")
        }
        guard code == CURLE_OK || transfer.isStopped else { throw handle.error(for: code) }
        return HTTPResponse(
            head: transfer.head,
            body: transfer.body,
            certificates: request.wantsCertificates ? handle.certificates : []
        )
    }

    private static func setMethod(
        _ request: HTTPRequest,
        body: UnsafeRawBufferPointer,
        on handle: borrowing EasyHandle
    ) {
        if request.method == "HEAD" {
            handle.set(CURLOPT_NOBODY, 1)
        } else if request.body != nil || request.method == "POST" {
            handle.set(CURLOPT_POST, 1)
            unsafe handle.set(CURLOPT_POSTFIELDS, pointer: UnsafeMutableRawPointer(mutating: body.baseAddress))
            _ = unsafe oktetorun_curl_setopt_offset(handle.raw, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        }
        if request.method != "GET" && request.method != "HEAD" { handle.set(CURLOPT_CUSTOMREQUEST, request.method) }
    }

    private func attach(to handle: borrowing EasyHandle) {
        // The transfer outlives the handle's use of the pointer: perform keeps it alive until libcurl is done.
        let pointer = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe handle.set(CURLOPT_HEADERDATA, pointer: pointer)
        unsafe handle.set(CURLOPT_WRITEDATA, pointer: pointer)
        _ = unsafe oktetorun_curl_setopt_callback(handle.raw, CURLOPT_HEADERFUNCTION) { bytes, _, count, user in
            guard let bytes = unsafe bytes, let user = unsafe user else { return 0 }
            let line = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
            unsafe Unmanaged<Transfer>.fromOpaque(user).takeUnretainedValue().head.consume(line: line)
            return count
        }
        _ = unsafe oktetorun_curl_setopt_callback(handle.raw, CURLOPT_WRITEFUNCTION) { bytes, _, count, user in
            guard let bytes = unsafe bytes, let user = unsafe user else { return 0 }
            let transfer = unsafe Unmanaged<Transfer>.fromOpaque(user).takeUnretainedValue()
            return unsafe transfer.receive(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
        }
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if let onBody, 200..<300 ~= head.status || head.status == 101 {
            isStopped = unsafe !onBody(bytes.bytes)
            return !isStopped
        }
        guard body.count + bytes.count <= maximumBodyBytes else {
            isTooLarge = true
            return false
        }
        unsafe body.append(contentsOf: bytes)
        return true
    }
}
