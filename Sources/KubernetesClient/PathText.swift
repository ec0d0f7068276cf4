internal import YAMLSource

/// How messages show a path: whole, because its end tells most.
enum PathText {
    static func quoted(_ path: String) -> String {
        "'" + PrintableText.escaped(path, limit: 1024) + "'"
    }
}
