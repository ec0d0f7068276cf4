import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// Others' readers of what okteto-run writes.
enum ReportReaders {
    struct Suite: Decodable {
        let name: String
        let cases: [Case]
    }

    struct Case: Decodable {
        let name: String
        let className: String
        let result: String
        let message: String?
        let output: String
        let errors: String
        let line: Int
    }

    struct Span: Decodable {
        let name: String
        let trace: String
        let id: String
        let parent: String
        let state: String
        let failed: Bool
        let message: String
        let attributes: [String: String]
        let resource: [String: String]
    }

    static var areThere: Bool { Lab.current?.reportReaders != nil }
    static var browser: String? { Lab.current?.browser }

    private static func read<Value: Decodable>(
        _ oracle: String,
        _ arguments: [String],
        input: String
    ) async throws -> Value {
        let python = try #require(Lab.current?.reportReaders)
        let result = try await Subprocess.run(
            .path(FilePath(python)),
            arguments: Arguments([FencedBlock.root + "/Tests/EndToEndTests/Oracles/" + oracle] + arguments),
            // It would leave what it has compiled beside the sources.
            environment: .inherit.updating(["PYTHONDONTWRITEBYTECODE": "1"]),
            input: .string(input),
            output: .string(limit: 64 << 20),
            error: .string(limit: 1 << 20)
        )
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
        return try JSONDecoder().decode(Value.self, from: Data(result.standardOutput.utf8))
    }

    /// Reads a JUnit file by the rules of Jenkins' schema and with junitparser.
    static func suites(of path: String) async throws -> [Suite] { try await read("junit.py", [path], input: "") }

    /// Reads a request's body as a collector of OpenTelemetry does.
    static func spans(of body: String) async throws -> [Span] { try await read("otlp.py", [], input: body) }

    /// Opens a page in Chromium, with a script at its end that may run as the page's own does, and returns what the
    /// script puts into the element `result`.
    static func open(_ page: String, running script: String, dark: Bool = false) async throws -> String {
        let browser = try #require(browser)
        let text = try String(contentsOfFile: page, encoding: .utf8)
        let nonce = try #require(text.firstMatch(of: /<script nonce="([^"]+)">/)).1
        let before = """
            <script nonce="\(nonce)">
            window.problems = [];
            addEventListener("error", (event) => problems.push(String(event.message)));
            addEventListener("securitypolicyviolation", (event) => problems.push("policy: " + event.violatedDirective));
            </script>
            """
        let after = """
            <script nonce="\(nonce)">
            addEventListener("load", async () => {
              const wait = (time) => new Promise((done) => setTimeout(done, time));
              const all = (selector) => [...document.querySelectorAll(selector)];
              const isSeen = (element) => element.checkVisibility();
              let value;
              try { value = await (async () => { \(script) })(); } catch (error) { value = { thrown: String(error) }; }
              const result = document.createElement("textarea");
              result.id = "result";
              result.textContent = JSON.stringify({ value, problems });
              document.body.append(result);
            });
            </script>
            """
        let changed = page + ".test.html"
        try Data(
            text.replacing("<title>", with: before + "<title>").replacing("</body>", with: after + "</body>").utf8
        ).write(to: URL(filePath: changed))
        let profile = page + ".profile"
        defer {
            try? FileManager.default.removeItem(atPath: profile)
            try? FileManager.default.removeItem(atPath: changed)
        }
        let result = try await Subprocess.run(
            .path(FilePath(browser)),
            arguments: Arguments(
                [
                    // The tests run as root in a container, where there is no sandbox of its own.
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                    "--user-data-dir=" + profile, "--virtual-time-budget=20000", "--dump-dom",
                ] + (dark ? ["--blink-settings=preferredColorScheme=0"] : []) + ["file://" + changed]
            ),
            environment: .inherit.updating(["HOME": profile, "XDG_CONFIG_HOME": profile, "XDG_CACHE_HOME": profile]),
            output: .string(limit: 256 << 20),
            error: .discarded
        )
        #expect(result.terminationStatus.isSuccess)
        let shown = try #require(result.standardOutput.firstMatch(of: /<textarea id="result">([^<]*)</)).1
        return String(shown).replacing("&quot;", with: "\"").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&amp;", with: "&")
    }
}
