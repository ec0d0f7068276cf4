import FoundationEssentials
import ProcessEnvironment
import Testing

@testable import CredentialInjector

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The AWS CLI's own library reads the same files: what it makes of them, and what it refuses, must be the same.
@Suite(.enabled(if: LabPython.path != nil, "OKTETO_RUN_LAB_ENV names no AWS CLI"))
struct BotocoreProfileTests {
    private struct Files: Codable {
        let config: String
        let credentials: String
    }

    /// The profiles by name, each with its values, of which one is a text or has keys of its own; nil when refused.
    private typealias Profiles = [String: [String: Value]]?

    private enum Value: Codable, Equatable {
        case text(String)
        case nested([String: String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            self =
                if let text = try? container.decode(String.self) { .text(text) } else {
                    .nested(try container.decode([String: String].self))
                }
        }
    }

    private static let script = """
        import json, os, sys, tempfile
        from awscli.botocore import session
        answers = []
        with tempfile.TemporaryDirectory() as folder:
            paths = [folder + '/config', folder + '/credentials']
            os.environ['AWS_CONFIG_FILE'], os.environ['AWS_SHARED_CREDENTIALS_FILE'] = paths
            reader = session.Session()
            for case in json.load(sys.stdin):
                for path, text in zip(paths, [case['config'], case['credentials']]):
                    with open(path, 'w', newline='') as file:
                        file.write(text)
                # What the session remembers of the files before; making one anew is slow.
                reader._config = None
                try:
                    answers.append(reader.full_config['profiles'])
                except Exception as error:
                    # The class is there under two names.
                    if type(error).__name__ != 'ConfigParseError':
                        raise
                    answers.append(None)
        print(json.dumps(answers))
        """

    /// What botocore makes of each of the cases.
    private func botocore(_ cases: [Files]) async throws -> [Profiles] {
        // A Python that ends early must not end the tests.
        signal(SIGPIPE, SIG_IGN)
        let python = try #require(LabPython.path)
        let result = try await HelperProgram(
            words: [python, "-Ic", Self.script],
            environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"],
            standardInput: Secret(bytes: Array(try JSONEncoder().encode(cases))),
            timeout: .seconds(60),
            maximumOutputBytes: 16 << 20
        ).run()
        try #require(result.exitStatus == 0, "\(String(decoding: result.standardError, as: UTF8.self))")
        return try JSONDecoder().decode([Profiles].self, from: Data(result.standardOutput.bytes))
    }

    /// What this module makes of a case.
    private func ours(_ files: Files) throws -> Profiles {
        do throws(CredentialError) {
            func file(_ text: String, _ path: String) throws(CredentialError) -> ProfileFile {
                let sections = try INIReader.read(Array(text.utf8), path: path)
                return ProfileFile(path: path, sections: sections, isWritableByAll: false)
            }
            let configuration = SharedConfiguration(
                configuration: try file(files.config, "config"),
                credentials: try file(files.credentials, "credentials")
            )
            var result: [String: [String: Value]] = [:]
            for name in configuration.names {
                let entries = configuration.profile(name)?.entries ?? []
                result[name] = [:]
                for entry in entries.map(\.entry) {
                    result[name]?[entry.key] =
                        entry.nested.isEmpty
                        ? .text(entry.value.reveal())
                        : .nested(Dictionary(uniqueKeysWithValues: entry.nested.map { ($0.key, $0.value.reveal()) }))
                }
            }
            return result
        } catch {
            return nil
        }
    }

    private func compare(_ cases: [Files]) async throws -> Int {
        let answers = try await botocore(cases)
        try #require(answers.count == cases.count)
        for (files, answer) in zip(cases, answers) {
            #expect(try ours(files) == answer, "\(files)")
        }
        return answers.count { $0 == nil }
    }

    @Test func `the files of the documentation mean the same`() async throws {
        let config = """
            [default]
            region=us-west-2
            output=json

            [profile user1]
            region = us-east-1
            s3 =
                max_concurrent_requests=20

            # a role
            [profile "with space"]
            Role_ARN : arn:aws:iam::112233445566:role/x
            web_identity_token_file = /t # not a comment
            services = local
            [services local]
            sts =
              endpoint_url = http://127.0.0.1:1
            [profile user1x y z]
            a = b
            [sso-session my]
            sso_region = x
            """
        let credentials = "[default]\naws_access_key_id = A\nregion = x\n[other]\na = b\n[ spaced ]\na=b\n"
        #expect(try await compare([Files(config: config, credentials: credentials)]) == 0)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `thousands of random files mean the same, or are refused by both`(_ seed: UInt64) async throws {
        var random = SeededGenerator(state: seed)
        let pieces = [
            "[default]", "[profile a]", "[profile \"a\"]", "[profile 'b c']", "[profile b\\ c]", "[profile  d ]", "[e]",
            "[profile x y]", "[services s]", "[profile", "[]", "[profile a] # c", "[a]b]", "region = r", "Region: q",
            "k=v=w", "k = ", "s3 =", "x", "= y", "# c", "; c", "l = m # n", "é = ü", "endpoint_url : http://h:1/p",
        ]
        let indents = ["", "", "", "", " ", "  ", "\t", "\u{A0}"]
        let ends = ["\n", "\n", "\n", "\n\n", "\n \n", "\r\n", "\r"]
        func file(lines: Int) -> String {
            (0..<lines).map { _ in
                indents.randomElement(using: &random).unwrapped + pieces.randomElement(using: &random).unwrapped
                    + ends.randomElement(using: &random).unwrapped
            }.joined()
        }
        let cases = (0..<1500).map { index in
            Files(
                config: (index % 3 == 0 ? "" : "[default]\n") + file(lines: index % 9),
                credentials: index % 2 == 0 ? "" : "[a]\n" + file(lines: index % 4)
            )
        }
        let refused = try await compare(cases)
        // Both kinds are there in number, or the comparison says little.
        #expect(refused > 100 && refused < 1400)
    }
}

/// A generator that gives the same numbers for the same seed: xorshift64*.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
}

extension String? {
    fileprivate var unwrapped: String { self ?? "" }
}
