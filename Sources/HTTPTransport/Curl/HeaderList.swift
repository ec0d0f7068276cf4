internal import CLibCurl

/// Owns a list of lines, such as those of CURLOPT_HTTPHEADER, which libcurl does not copy.
@safe struct HeaderList: ~Copyable {
    private(set) var raw: UnsafeMutablePointer<curl_slist>?

    init(lines: [String]) {
        unsafe raw = nil
        for line in lines { append(line) }
    }

    /// The header lines of a request; `host` takes the place of the one in the URL that libcurl is given.
    init(_ request: HTTPRequest, host: String? = nil) {
        unsafe raw = nil
        if let host, !request.hasHeader("Host") { append("Host: \(host)") }
        for header in request.headers { append("\(header.name): \(header.value)") }
        // An empty field switches off what libcurl would add by itself: a wait for 100, a form's content type.
        if !request.hasHeader("Expect") { append("Expect:") }
        if !request.hasHeader("Content-Type") { append("Content-Type:") }
    }

    deinit {
        unsafe oktetorun_curl_slist_free_all(raw)
    }

    private mutating func append(_ line: String) {
        // NULL means out of memory, and the list as it was.
        if let longer = unsafe oktetorun_curl_slist_append(raw, line) { unsafe raw = longer }
    }
}
