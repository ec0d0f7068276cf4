internal import COpenSSL

/// Overwrites secrets that are no longer needed.
///
/// The best that can be done, not a guarantee: Swift may have copied the bytes before.
enum Cleanser {
    /// Overwrites the bytes with zeros in a way that no optimiser removes, and empties the array.
    ///
    /// An array whose storage is shared gets storage of its own first, so the other holders keep their bytes.
    /// See OPENSSL_cleanse(3).
    static func cleanse(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        unsafe bytes.withUnsafeMutableBytes { buffer in
            // The buffer is initialised and of this size.
            unsafe OPENSSL_cleanse(buffer.baseAddress, buffer.count)
        }
        bytes = []
    }
}
