import ManifestModel
import ProcessEnvironment
import Testing
import YAMLSource

@Suite struct DotEnvTests {
    private func parse(_ text: String) -> DotEnv.Contents {
        DotEnv.parse(SourceText(path: ".env", text: text))
    }

    @Test(arguments: [
        ("A=b", "b"), ("A = b", "b"), ("A: b", "b"), ("export A=b", "b"), ("  A=b  ", "b"), ("A=", ""),
        ("A=b # c", "b # c"),
        ("A=x=y", "x=y"), ("A='b $X'", "b $X"), ("A=\"b\\nc\"", "b\nc"), ("A=\"b\nc\"", "b\nc"), ("A='b\nc'", "b\nc"),
        ("A=\"a\\\"b\"", "a\"b"), ("A=\"b\" # c", "b"), ("X=1\nA=$X-${X}", "1-1"), ("A=$X", ""), ("A=$x", "$x"),
        ("A=\\$X", "$X"), ("X=1\nA=\"\\$X\"", "$X"), ("A=p$A55", "p"), ("A=$", "$"), ("X=1\nA=${X:-2}", "1:-2}"),
        ("A=1\nA=2", "2"), ("A=b\r\n", "b"), ("# c\n\nA=b", "b"), ("A=é", "é"), ("A=$(date)", "$(date)"),
    ])
    func `a line gives a variable`(text: String, value: String) {
        let contents = parse(text)
        #expect(contents.variables["A"] == value)
        #expect(contents.warnings.isEmpty)
    }

    @Test(arguments: [
        ("no equals", "it has no '=': write NAME=value"), ("=x", "there is no name before '='"),
        ("A B=x", "a name can't contain a blank"), ("A-B=x", "'-' can't be in a name: use letters, digits and '_'"),
        ("A=\"x", "its quote is not closed"), ("A='x", "its quote is not closed"),
        ("A='x' y", "something follows the closing quote"), ("A=x\u{0}y", "its value contains a NUL byte"),
    ])
    func `a bad line is a warning with its number and voids only itself`(line: String, message: String) {
        let contents = parse("FIRST=1\n\(line)\nLAST=2\n")
        #expect(contents.warnings.map(\.message) == [message])
        #expect(contents.warnings.map(\.line) == [2])
        #expect(contents.variables.names == ["FIRST", "LAST"])
    }

    @Test func `lines after a quote of several lines keep their numbers`() {
        #expect(parse("A='1\n2\n3'\nbad\n").warnings.map(\.line) == [4])
    }

    @Test func `values that double are bounded`() {
        let text = "A0=xxxxxxxx\n" + (1..<60).map { "A\($0)=$A\($0 - 1)$A\($0 - 1)\n" }.joined()
        #expect(parse(text).warnings.first?.message == "its value is longer than 128 KiB")
    }

    @Test func `no warning shows a value`() {
        for text in ["A='s3cret", "s3cret", "A-B=s3cret", "A='x' s3cret"] {
            #expect(!"\(parse(text).warnings)".contains("s3cret"))
        }
    }

    @Test func `the text of a .env file is expanded as a whole`() throws {
        let source = SourceText(path: ".env", text: "# ${HOME}\nA='$HOME'\nB=$A\nC=$$A\n")
        let contents = try DotEnv.parse(source, expanding: VariableExpander(["HOME": "/root"]))
        #expect(contents.variables == ["A": "/root", "B": "", "C": "/root"])
    }

    @Test func `a .env file that can't be expanded is an error without its text`() {
        let source = SourceText(path: ".env", text: "A=s3cret${")
        let error = #expect(throws: ManifestModelError.self) {
            try DotEnv.parse(source, expanding: VariableExpander([:]))
        }
        #expect(error?.message.contains("s3cret") == false)
        #expect(error?.message.contains("'.env'") == true)
    }

    @Test func `each variable has the line on which it was set last`() {
        #expect(parse("A=1\n# c\nB='x\ny'\nC=2\nA=3\n").lines == ["A": 6, "B": 3, "C": 5])
    }

    @Test func `lines are the file's, whatever the expansion brings`() throws {
        let source = SourceText(path: ".env", text: "A=\"$TWO\"\nB=1\nbad line\nC=$TWO\nD=2")
        let contents = try DotEnv.parse(source, expanding: VariableExpander(["TWO": "x\ny"]))
        #expect(contents.lines == ["A": 1, "B": 2, "C": 4, "D": 5])
        #expect(contents.warnings.map(\.line) == [3, 4])
        #expect(contents.variables["A"] == "x\ny")
    }

    @Test func `a .env file that grows without bound is refused`() {
        let source = SourceText(path: ".env", text: String(repeating: "A=$LONG\n", count: 20))
        let long = VariableExpander(["LONG": String(repeating: "x", count: 1 << 20)])
        let error = #expect(throws: ManifestModelError.self) { try DotEnv.parse(source, expanding: long) }
        #expect(error?.code == .expansion)
    }
}
