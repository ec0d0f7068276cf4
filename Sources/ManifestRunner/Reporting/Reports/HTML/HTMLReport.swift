internal import FoundationEssentials
internal import YAMLSource

/// A run as one page of HTML that needs nothing beside itself.
///
/// Everything is in the markup; the script only searches, folds and filters. The page's own policy lets nothing be loaded or
/// run that has not the nonce, which is made when the page is written, so that no text of the run can know it.
struct HTMLReport {
    let record: RunRecord
    var html = MarkupText()
    /// The colours beyond the usual sixteen that the logs use.
    var colours: Set<UInt8> = []
    /// How many lines of output the page has room for, so that browsers can still show it.
    var linesLeft = 200_000
    private let nonce: String

    /// Returns the file's bytes.
    static func bytes(of record: RunRecord) -> [UInt8] {
        let nonce = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
        return bytes(of: record, nonce: nonce)
    }

    /// Returns the file's bytes with a nonce of letters and digits.
    static func bytes(of record: RunRecord, nonce: String) -> [UInt8] {
        var body = HTMLReport(record: record, nonce: nonce)
        body.writeBody()
        var page = HTMLReport(record: record, nonce: nonce)
        page.writeHead(colours: body.colours)
        return page.html.bytes + body.html.bytes
    }

    private init(record: RunRecord, nonce: String) {
        self.record = record
        self.nonce = nonce
    }

    private mutating func writeHead(colours: Set<UInt8>) {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta")
        html.attribute("http-equiv", "Content-Security-Policy")
        html.attribute(
            "content",
            "default-src 'none'; script-src 'nonce-\(nonce)'; style-src 'nonce-\(nonce)'; base-uri 'none'; "
                + "form-action 'none'"
        )
        html.raw(">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
        html.raw(
            "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        )
        html.raw("<title>")
        html.text("\(headline) · okteto-run \(record.command)")
        html.raw("</title>\n<style")
        html.attribute("nonce", nonce)
        html.raw(">\n")
        html.raw(Self.style)
        for number in colours.sorted() {
            let colour = TerminalColour.hexadecimal(number)
            html.text(".f\(number){color:\(colour)}.g\(number){background:\(colour)}\n")
        }
        html.raw("</style>\n</head>\n")
    }

    private mutating func writeBody() {
        html.raw("<body>\n<a class=\"skip\" href=\"#timeline\">Skip to the timeline</a>\n")
        writeHeader()
        html.raw("<main>\n")
        writeProblems()
        writeTimeUse()
        writeTimeline()
        writePhases()
        writeArtifacts()
        writeMessages()
        html.raw("</main>\n<footer>written by okteto-run ")
        html.text(record.version)
        html.raw("</footer>\n<script")
        html.attribute("nonce", nonce)
        html.raw(">\n")
        html.raw(Self.script)
        html.raw("\n</script>\n</body>\n</html>\n")
    }

    /// What came of the run, in a word or two.
    var headline: String {
        switch record.status {
        case .success: "Passed"
        case .timedOut: "Timed out"
        case _ where record.status.meaning == "interrupted": "Interrupted"
        default: "Failed"
        }
    }

    /// The time, shorter than a second in milliseconds.
    static func time(_ duration: Duration) -> String {
        let milliseconds = Int((duration / .milliseconds(1)).rounded())
        return milliseconds < 1_000 ? "\(max(milliseconds, 0)) ms" : RunTime.text(duration)
    }

    /// A badge with the word for a result.
    mutating func badge(_ result: RecordedResult) {
        html.raw("<span")
        html.attribute("class", "badge \(Self.className(result))")
        html.raw(">")
        html.text(result.rawValue)
        html.raw("</span>")
    }

    static func className(_ result: RecordedResult) -> String {
        switch result {
        case .passed: "passed"
        case .failed: "failed"
        case .cancelled, .unfinished: "cancelled"
        case .skipped, .notRun: "skipped"
        }
    }
}
