import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// The built program on a terminal without a screen (Lab/screen.py).
struct TerminalScreen: Sendable {
    /// Something that is done while the program runs, one after the other.
    enum Step: Encodable {
        /// Waits until a regular expression is found on the screen.
        case wait(String)
        /// Waits until it is not found there any more.
        case gone(String)
        /// Keeps the screen under a name.
        case shot(String)
        case touch(String)
        case resize(Int, Int)
        case signal(Int)
        case pause(Double)
        case end

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .wait(let pattern): try container.encode(["wait": pattern])
            case .gone(let pattern): try container.encode(["gone": pattern])
            case .shot(let name): try container.encode(["shot": name])
            case .touch(let path): try container.encode(["touch": path])
            case .resize(let columns, let rows): try container.encode(["resize": [columns, rows]])
            case .signal(let number): try container.encode(["signal": number])
            case .pause(let seconds): try container.encode(["pause": seconds])
            case .end: try container.encode(["end": true])
            }
        }
    }

    struct Result: Decodable {
        let status: Int?
        let shots: [String: [String]]
        let output: String

        /// A screen as it is compared: without empty rows at its end, times and marks that turn made one, from the first row
        /// that ends with a text.
        func screen(_ name: String, from first: String = "") -> String {
            let shot = shots[name] ?? ["there is no shot \(name)"]
            let rows = shot.drop { !$0.hasSuffix(first) }.map { row in
                row.replacing(/(\d+m)?\d+(\.\d)?s\b/, with: "T").replacing(/\ +T/, with: " T")
                    .replacing(/^\ [|\/\\-](  .+? T  )/) { " *\($0.output.1)" }
            }
            let count = rows.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
            return rows[..<count].joined(separator: "\n") + "\n"
        }
    }

    private struct Request: Encodable {
        let program: [String]
        let folder: String
        let environment: [String: String]
        let columns: Int
        let rows: Int
        let steps: [Step]
    }

    /// What the lab says of its screen, which needs no other service.
    private struct Place: Decodable {
        let screenPython: String
        let screenScript: String
    }

    private static let place: Place? = {
        guard let path = EnvironmentVariable.value("OKTETO_RUN_LAB_ENV"),
            let data = FileManager.default.contents(atPath: path)
        else { return nil }
        return try? JSONDecoder().decode(Place.self, from: data)
    }()

    /// Whether the lab has it.
    static var isThere: Bool { place != nil }

    var columns = 80
    var rows = 24
    var environment: [String: String] = [:]

    /// Runs the program in a folder, in the local shell.
    func run(_ arguments: [String], in folder: String, _ steps: [Step]) async throws -> Result {
        let place = try #require(Self.place)
        let variables = [
            "PATH": EnvironmentVariable.value("PATH") ?? "/usr/bin:/bin", "HOME": folder, "TERM": "xterm-256color",
            // pyte leaves lines as they are when its screen becomes narrower, as xterm does.
            "XTERM_VERSION": "pyte", "OKTETO_RUN_ENGINE": "shell",
        ]
        let request = Request(
            program: [Program.path] + arguments,
            folder: folder,
            environment: variables.merging(environment) { $1 },
            columns: columns,
            rows: rows,
            steps: steps
        )
        let result = try await Subprocess.run(
            .path(FilePath(place.screenPython)),
            arguments: ["-I", place.screenScript],
            input: .array(Array(try JSONEncoder().encode(request))),
            output: .bytes(limit: 64 << 20),
            error: .string(limit: 1 << 20)
        )
        try #require(result.terminationStatus.isSuccess, "\(result.standardError)")
        return try JSONDecoder().decode(Result.self, from: Data(result.standardOutput))
    }
}
