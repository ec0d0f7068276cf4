#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Owns a list of C strings that a NULL ends, as execve(2) takes arguments and environment.
@safe
package struct CStringList: ~Copyable {
    /// The strings and the NULL; good for as long as the list lives.
    package let pointers: [UnsafeMutablePointer<CChar>?]

    /// Creates a list of copies; a text with a NUL byte, which C would cut short, is left out.
    package init(_ texts: [[UInt8]]) {
        unsafe pointers =
            texts.filter { !$0.contains(0) }.map { text in
                unsafe text.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { bytes in
                    // An empty array may have no address; the copy of it is the empty string.
                    unsafe bytes.baseAddress.map { unsafe strndup($0, bytes.count) } ?? strdup("")
                }
            } + [nil]
    }

    deinit {
        _ = unsafe pointers.map { unsafe free($0) }
    }
}
