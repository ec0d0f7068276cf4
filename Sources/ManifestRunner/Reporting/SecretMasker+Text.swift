internal import ContainerExec

extension SecretMasker {
    /// Returns a text, which is whole, with the secrets in it masked.
    func masked(_ text: String) -> String {
        var masker = self
        var result: [UInt8] = []
        let append: (RawSpan) -> Void = { piece in
            unsafe piece.withUnsafeBytes { unsafe result.append(contentsOf: $0) }
        }
        let bytes = Array(text.utf8)
        unsafe masker.consume(bytes.span.bytes, emit: append)
        masker.finish(emit: append)
        return String(decoding: result, as: UTF8.self)
    }
}
