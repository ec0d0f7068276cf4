import ManifestModel
import Testing

@Suite struct TextFormatTests {
    /// Texts near the edges of all formats.
    static let texts: [String] = {
        let parts = ["", "8", "80", "-1", "+2", "a", "a-b", "a_b", "s.t", "$X", "/x", "1.5", " ", "5m", "é"]
        let fixed = [
            "", "0", "-0", "+0", "5", "5m", "5h", "5s", "5d", "1m30s", "1.5h", ".5s", "5.", "5.m", ".", ".m", "-5m",
            "+5m",
            "5ms", "5us", "5µs", "5μs", "5ns", "5mm", "5 m", "m", "5m5", "1h1", "00", "007", "1e3s", "0m0", "--5m", ":",
            "::",
            ":::", "a:b:c:d", "$a:b:c:d", "a:$b:c:d:e", "C:\\a:/b", "\n", "a\n:b", "h:::1", "h:${IP}", "${H}",
            "x:1.2.3.4",
        ]
        var result = fixed
        for left in parts {
            for right in parts {
                result.append("\(left):\(right)")
                for middle in ["", "s", "a_b", "-", "1"] { result.append("\(left):\(middle):\(right)") }
            }
        }
        return result
    }()

    @Test(arguments: [
        (TextFormat.forward, "8080:80", true), (.forward, "8080:db:80", true), (.forward, "8080::80", true),
        (.forward, "a:80", false), (.strictForward, "8080::80", false), (.strictForward, "-1:80", false),
        (.globalForward, "8080::80", false), (.strictGlobalForward, "1:a_b:2", true), (.reverse, "1:2", true),
        (.reverse, "1:2:3", false), (.strictReverse, "+1:2", false), (.syncFolder, "a:b", true),
        (.syncFolder, "a", false),
        (.syncFolder, "a:b:c:d", false), (.syncFolder, "$A:b:c:d", true), (.duration, "1m30s", true),
        (.duration, "1.5h", true), (.duration, "300", true), (.duration, "5minutes", false), (.duration, "", false),
        (.duration, "0", true), (.strictDuration, "5m", true), (.strictDuration, "1m30s", false),
        (.host, "h:::1", true),
        (.host, ":1", false), (.host, "${H}", true), (.strictHost, "a.b:1.2.3.4", true),
        (.strictHost, "a_b:1.2.3.4", false),
    ])
    func `a format takes what Okteto takes`(format: TextFormat, text: String, isTaken: Bool) {
        #expect(format.accepts(text) == isTaken)
    }

    @Test(arguments: TextFormat.allCases)
    func `a format's regular expression takes the same texts`(format: TextFormat) throws {
        let expression = try Regex(format.pattern)
        for text in Self.texts {
            // A regular expression of Swift's takes a CR LF for one character; there is none here.
            #expect((text.firstMatch(of: expression) != nil) == format.accepts(text), "\(text.debugDescription)")
        }
    }
}
