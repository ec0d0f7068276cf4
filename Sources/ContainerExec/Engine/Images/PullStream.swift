/// Reads the stream of a pull: objects of progress, one per line, and an error among them.
///
/// The engine has sent its status 200 before it knows whether the pull succeeds.
struct PullStream {
    private var lines = BoundedLines()
    /// The first failure that the stream told or had.
    private(set) var failure: String?

    /// Takes in the next bytes and returns the progress in them.
    mutating func feed(_ bytes: RawSpan) -> [PullProgress] {
        do {
            return try lines.feed(bytes).compactMap { consume($0) }
        } catch {
            failure = failure ?? error.message
            return []
        }
    }

    /// Takes in the end of the stream.
    mutating func finish() {
        if let line = lines.finish() { _ = consume(line) }
    }

    private mutating func consume(_ line: [UInt8]) -> PullProgress? {
        // A line that is no JSON tells nothing: the image's presence is asked for afterwards in any case.
        if let text = (try? JSON.decode(EngineErrorBody.self, from: line))?.text {
            failure = failure ?? EngineText.printable(text)
            return nil
        }
        return (try? JSON.decode(PullProgress.Wire.self, from: line)).flatMap { PullProgress($0) }
    }
}
