/// A digest of bytes that come in pieces, for one thread at a time.
package protocol ContentDigester: AnyObject {
    /// Adds bytes.
    func update(_ bytes: RawSpan)

    /// Returns the digest, of 16 bytes at least, and begins anew with nothing.
    func finish() throws -> [UInt8]
}
