internal import Subprocess

/// What a helper program finds on its standard input, to the end of it.
struct HelperInput: InputProtocol {
    let secret: Secret

    /// Writes the secret's bytes; a program that ends without reading them is no error.
    ///
    /// Such a write fails with EPIPE, and then it is the program's own exit status that tells what was wrong.
    func write(with writer: StandardInputWriter) async throws {
        do {
            _ = try await writer.write(secret.bytes)
        } catch {
            guard error.code == .failedToWriteToSubprocess else { throw error }
        }
    }
}
