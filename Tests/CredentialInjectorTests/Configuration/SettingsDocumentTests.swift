import FoundationEssentials
import Testing

@testable import CredentialInjector

/// The table of docs/settings.md is that of the program.
struct SettingsDocumentTests {
    private static var rows: [[String]] {
        let path = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        let text = (try? String(contentsOfFile: path + "/docs/settings.md", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map { cell in
                cell.filter { $0 != "`" }.split(separator: " ").joined(separator: " ")
            }
        }
    }

    @Test func `every setting is in the table under all its names, and nothing else is`() {
        let expected = SettingNames.all.map { names in
            [names.option ?? "", names.variables.joined(separator: ", "), names.field ?? "", names.key ?? ""]
        }
        #expect(Self.rows.map { Array($0.dropFirst().prefix(4)) } == expected)
    }

    @Test func `every row says what the setting is`() {
        #expect(Self.rows.allSatisfy { $0.count == 6 && !$0[0].isEmpty })
    }

    @Test func `the variable of an option is named after it`() {
        #expect(SettingNames.configuration.ownVariable == "OKTETO_RUN_CREDENTIALS_CONFIG")
        #expect(SettingNames.endpoint.ownVariable == "OKTETO_RUN_STS_ENDPOINT")
        #expect(SettingNames.authorities.ownVariable == nil)
        #expect(Set(SettingNames.all).count == SettingNames.all.count)
    }
}
