/// Reads the dotenv text that commands write to `$OKTETO_ENV`, and `.env` files, with the grammar of Okteto's parser.
///
/// Unlike there, a line that cannot be read voids itself alone.
package struct DotEnv: Sendable, Hashable {
    /// A line that was left out.
    package struct Problem: Sendable, Hashable {
        /// The line's number, counted from 1.
        package let line: Int
        /// What is wrong with it; never its text, which may be a secret.
        package let message: String
    }

    /// The variables in the order of the text; a later one of the same name wins.
    package private(set) var variables: [(name: String, value: String)] = []
    /// The lines that were left out.
    package private(set) var problems: [Problem] = []

    /// Reads a text.
    package init(_ text: String) {
        var reader = DotEnvReader(text)
        while let entry = reader.next() {
            switch entry {
            case .success(let variable): variables.append(variable)
            case .failure(let problem): problems.append(problem)
            }
        }
    }

    package static func == (left: DotEnv, right: DotEnv) -> Bool {
        left.problems == right.problems && left.variables.elementsEqual(right.variables) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) {
        for (name, value) in variables {
            hasher.combine(name)
            hasher.combine(value)
        }
    }
}

extension DotEnv.Problem: Error {}
