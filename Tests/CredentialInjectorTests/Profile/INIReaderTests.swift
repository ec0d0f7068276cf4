import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct INIReaderTests {
    private func read(_ text: String) throws -> [INISection] {
        try INIReader.read(Array(text.utf8), path: "/c")
    }

    private func message(_ bytes: [UInt8]) -> String? {
        #expect(throws: CredentialError.self) { try INIReader.read(bytes, path: "/c") }?.message
    }

    private func message(_ text: String) -> String? { message(Array(text.utf8)) }

    @Test func `sections, keys and values keep their places`() throws {
        let sections = try read("# c\n[default]\n  Region = us-east-2 \n\n[profile x]\nrole_arn: arn:aws\n")
        #expect(sections.map(\.header) == ["default", "profile x"])
        #expect(sections[0].entries.map(\.key) == ["region"])
        #expect(sections[0].entries[0].value.reveal() == "us-east-2")
        #expect(sections[0].entries[0].place == FilePlace(path: "/c", line: 3, column: 3))
        #expect(sections[1].place.line == 5)
        #expect(sections[1].entries[0].value.reveal() == "arn:aws")
    }

    @Test func `indented lines continue a value, over comments and empty lines`() throws {
        let sections = try read("[a]\nk = 1\n  # comment\n\n  2 = 3\nl = 4\n")
        #expect(sections[0].entries.map { $0.value.reveal() } == ["1\n\n2 = 3", "4"])
        #expect(sections[0].entries[0].nested.isEmpty)
    }

    @Test func `lines below a key without a value are keys of their own, the last of two counting`() throws {
        let sections = try read(
            "[services x]\nsts =\n  endpoint_url = http://a\n\n  endpoint_url = http://b\n  k=\niam = \n"
        )
        #expect(sections[0].entries[0].nested.map(\.key) == ["endpoint_url", "k"])
        #expect(sections[0].entries[0].nested.map { $0.value.reveal() } == ["http://b", ""])
        #expect(sections[0].entries[0].nested[0].place == FilePlace(path: "/c", line: 5, column: 3))
        #expect(sections[0].entries[1].nested.isEmpty)
    }

    @Test func `a comment behind a value is part of the value, and what follows a header counts for nothing`() throws {
        let sections = try read("[a] # x\nk = v # w\n; x\n")
        #expect(sections[0].header == "a")
        #expect(sections[0].entries[0].value.reveal() == "v # w")
    }

    @Test(arguments: ["\r\n", "\r"]) func `lines of other systems end too, and a byte order mark is no text`(
        _ end: String
    ) throws {
        let sections = try read("\u{FEFF}[a]\(end)k = v\(end)\(end)l = w")
        #expect(sections[0].entries.map { $0.value.reveal() } == ["v", "w"])
        #expect(sections[0].entries[1].place.line == 4)
    }

    @Test func `nothing is an empty file`() throws {
        #expect(try read("").isEmpty)
        #expect(try read("\n# x\n ; y").isEmpty)
    }

    @Test(arguments: [
        ("k = v\n[a]\n", "/c:1:1: there is no section before this line"),
        ("[a]\n  oops\n", "/c:2:3: this line is neither KEY = VALUE nor a [section] nor a comment"),
        ("[a]\n= v\n", "/c:2:1: this line is neither KEY = VALUE nor a [section] nor a comment"),
        ("[]\n", "/c:1:1: there is no section before this line"),
        ("[a]\nk = 1\nl = 2\nK = 3\n", "/c:4:1: the key 'k' is there twice in its section, first in line 2"),
        ("[a]\n[b]\n [a]\n", "/c:3:2: the section [a] is there twice, first in line 1"),
        ("[a]\nk =\n  l = 1\n  oops\n", "/c:4:3: this indented line is not KEY = VALUE"),
    ])
    func `a malformed file is refused with the place`(_ text: String, _ message: String) {
        #expect(self.message(text) == message)
    }

    @Test func `bytes that are no UTF-8 are refused with the place`() {
        #expect(message(Array("[a]\nké = ".utf8) + [0xFF, 0x0A]) == "/c:2:6: the file is not UTF-8")
    }

    @Test func `no error shows what a line says`() {
        for text in ["[a]\nwJalrXUtnFEMI\n", "[a]\nk=\n  wJalrXUtnFEMI\n", "wJalrXUtnFEMI"] {
            let error = #expect(throws: CredentialError.self) { try read(text) }
            #expect(error?.description.contains("wJal") == false)
        }
    }

    @Test func `no rendering of what was read shows a value`() throws {
        let sections = try read("[a]\naws_secret_access_key = wJalrXUtnFEMI\ns3 =\n  k = wJalrXUtnFEMI\n")
        var text = "\(sections) \(String(reflecting: sections))"
        dump(sections, to: &text)
        #expect(!text.contains("wJal"))
    }
}
