import FoundationEssentials
import Testing

/// The page in Chromium, from a file, with its own script and under its own policy.
@Suite(
    .serialized,
    .enabled(if: ReportReaders.browser != nil, "needs the lab's browser"),
    .timeLimit(.minutes(5))
) struct HTMLPageTests {
    private struct Result<Value: Decodable>: Decodable {
        let value: Value
        let problems: [String]
    }

    /// Runs a manifest, opens the page in Chromium and returns what a script finds there.
    private func look<Value: Decodable>(
        _ manifest: String,
        dark: Bool = false,
        _ script: String
    ) async throws -> Value {
        let workspace = try Workspace(manifest: manifest)
        let run = try await Program.run(
            ["test", "--engine", "shell", "--report", "html=r.html"],
            in: workspace.path
        )
        #expect(FileManager.default.fileExists(atPath: workspace.path + "/r.html"), "\(run.errors)")
        let text = try await ReportReaders.open(workspace.path + "/r.html", running: script, dark: dark)
        let result = try JSONDecoder().decode(Result<Value>.self, from: Data(text.utf8))
        #expect(result.problems.isEmpty, "\(result.problems)")
        return result.value
    }

    private static let manifest = """
        test:
          good:
            artifacts: [out]
            commands:
            - echo made > out; printf 'first needle\\n\\033[32mgreen nee\\033[31mdle\\033[0m\\nlast\\n'
          bad:
            commands:
            - name: look
              command: echo a needle in here; exit 3
            - echo never
        """

    @Test(arguments: [false, true])
    func `a page shows its parts, and is light or dark as the reader's system is`(dark: Bool) async throws {
        struct Seen: Decodable {
            let title: String, headings: [String], open: [Bool], alerts: [String], page: String, links: [Bool],
                rows: Int
        }
        let seen: Seen = try await look(
            Self.manifest,
            dark: dark,
            """
            return {
              title: document.title,
              headings: all("h2").map((e) => e.textContent),
              open: all("details.phase").map((e) => e.open),
              alerts: all(".problems a").map((e) => e.textContent),
              page: getComputedStyle(document.body).backgroundColor,
              links: all("a[href^='#']").map((e) => document.getElementById(e.hash.slice(1)) !== null),
              rows: all(".timeline li").filter(isSeen).length,
            };
            """
        )
        #expect(seen.title == "Failed · okteto-run test")
        #expect(seen.headings == ["Where each second went", "Timeline", "Output", "Artifacts", "What okteto-run said"])
        #expect(seen.open.sorted { !$0 && $1 } == [false, true])
        #expect(seen.alerts == ["test 'bad'", "look"])
        #expect(seen.links.count >= 5 && !seen.links.contains(false))
        #expect(seen.rows >= 3)
        #expect(seen.page == (dark ? "rgb(13, 16, 21)" : "rgb(244, 245, 248)"))
    }

    @Test func `a search opens the logs that have the text, counts, walks through them, and can hide all else`()
        async throws
    {
        struct Found: Decodable {
            let told: [String], logs: [Bool], seen: [String], now: [String], filtered: [String], cleared: String
        }
        let found: Found = try await look(
            Self.manifest,
            """
            const field = document.querySelector("#query"), told = document.querySelector("#told");
            const press = (key, more) => field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
            const type = async (text) => { field.value = text; field.dispatchEvent(new Event("input")); await wait(400); };
            const texts = [], now = [];
            const note = () => now.push(document.querySelector(".l.now").textContent);
            await type("NEEDLE"); texts.push(told.textContent);
            const logs = all("details.log").map((e) => e.open);
            press("Enter"); note(); texts.push(told.textContent);
            press("Enter"); note();
            press("Enter", { shiftKey: true }); note();
            document.querySelector("#only").click();
            const seen = all(".l").filter(isSeen).map((e) => e.textContent);
            await type("nothing has this"); texts.push(told.textContent);
            press("Escape"); const cleared = told.textContent;
            document.querySelector("#only").click();
            document.querySelector("[data-filter=failed]").click();
            const filtered = all("details.phase").filter(isSeen).map((e) => e.querySelector("h3").textContent);
            return { told: texts, logs, seen, now, filtered, cleared };
            """
        )
        #expect(found.told == ["3 lines in 2 logs", "1 of 3", "no line has it"])
        #expect(found.logs.count { $0 } == 2)
        #expect(Set(found.seen) == ["first needle", "green needle", "a needle in here"])
        #expect(found.now.count == 3 && found.now[0] == found.now[2] && found.now[0] != found.now[1])
        #expect(found.filtered == ["test 'bad'"] && found.cleared.isEmpty)
    }

    @Test func `a link opens what it leads to, and everything can be folded and reached by the keyboard`() async throws
    {
        struct Found: Decodable { let opened: Bool, folded: Int, unfolded: Bool, focus: String, unnamed: Int }
        let found: Found = try await look(
            Self.manifest,
            """
            document.querySelector("#fold").click();
            const folded = all("main details").filter((e) => e.open).length;
            location.hash = "#p0c0";
            await wait(300);
            const opened = isSeen(document.querySelector("#p0c0 .l"));
            document.querySelector("#unfold").click();
            const unfolded = all("main details").every((e) => e.open);
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }));
            const unnamed = all("button,input,[role=region],nav").filter((e) =>
              !(e.getAttribute("aria-label") || e.textContent.trim() || e.closest("label"))).length;
            return { opened, folded, unfolded, focus: document.activeElement.id, unnamed };
            """
        )
        #expect(found.folded == 0 && found.opened && found.unfolded && found.focus == "query" && found.unnamed == 0)
    }

    @Test func `hostile names and output are shown, and do nothing`() async throws {
        struct Found: Decodable { let lines: [String], names: [String], elements: Int, scripts: Int, hacked: Bool }
        let found: Found = try await look(
            """
            test:
              "</script><script>hacked=1</script><img src=x onerror=hacked=1>\\u202etxt\\u2028":
                commands:
                - name: "--></title></style><svg onload=hacked=1>"
                  command: printf '</script><script>window.hacked=1</script>\\000\\342\\200\\256evil\\342\\200\\250<a href="javascript:hacked=1">\\033]8;;http://x/\\007link\\033]8;;\\007\\377\\n</div></details>"\\047>\\n'
            """,
            """
            return {
              lines: all(".l").map((e) => e.textContent),
              names: all("h3, .command code.title").map((e) => e.textContent),
              elements: all("img, iframe, object, .l svg, .l a, h3 *").length,
              scripts: all("script").length,
              hacked: window.hacked !== undefined,
            };
            """
        )
        #expect(
            found.lines == [
                "</script><script>window.hacked=1</script>␀\\u{202E}evil\\u{2028}<a href=\"javascript:hacked=1\">link\u{FFFD}",
                "</div></details>\"'>",
            ]
        )
        #expect(
            found.names == [
                "test '</script><script>hacked=1</script><img src=x onerror=hacked=1>\\u{202E}txt\\u{2028}'",
                "--></title></style><svg onload=hacked=1>",
            ]
        )
        // The page's own, and two of the test.
        #expect(found.elements == 0 && found.scripts == 3 && !found.hacked)
    }

    @Test func `ten thousand lines are there, found and shown`() async throws {
        struct Found: Decodable { let lines: Int, told: String, number: String, isSeen: Bool, milliseconds: Double }
        let found: Found = try await look(
            "test:\n  long:\n    commands:\n    - seq 1 10000 | sed 's/^/line number /'\n",
            """
            const field = document.querySelector("#query");
            const start = performance.now();
            field.value = "line number 98"; field.dispatchEvent(new Event("input"));
            await wait(3000);
            field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
            const now = document.querySelector(".l.now");
            const box = now.getBoundingClientRect();
            return {
              lines: all(".l").length, told: document.querySelector("#told").textContent, number: now.dataset.n,
              isSeen: box.top >= 0 && box.bottom <= innerHeight && box.height > 0, milliseconds: performance.now() - start,
            };
            """
        )
        #expect(found.lines == 10_000 && found.told == "1 of 111" && found.number == "98" && found.isSeen)
    }

    @Test func `without a script everything is there to be read`() async throws {
        let workspace = try Workspace(manifest: Self.manifest)
        _ = try await Program.run(["test", "--engine", "shell", "--report", "html=r.html"], in: workspace.path)
        let text = try String(contentsOfFile: workspace.path + "/r.html", encoding: .utf8)
        // The bar with the search is shown by the script alone.
        #expect(text.contains("data-script hidden") && text.contains(">first needle</div>"))
    }
}
