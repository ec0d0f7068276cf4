/// What the engine's events tell about one container.
struct ContainerHistory: Sendable, Hashable {
    /// Whether the kernel killed one of its processes for want of memory.
    var ranOutOfMemory = false
    /// Whether its process has ended.
    var hasDied = false
    /// The status that it ended with.
    var exitStatus: Int?

    private struct Event: Decodable {
        struct Actor: Decodable {
            let attributes: [String: String]?

            enum CodingKeys: String, CodingKey {
                case attributes = "Attributes"
            }
        }

        let action: String?
        let actor: Actor?

        enum CodingKeys: String, CodingKey {
            case action = "Action"
            case actor = "Actor"
        }
    }

    /// Takes one line of `GET /events` in; a line that is none is passed by.
    mutating func consume(line: [UInt8]) {
        guard let event = try? JSON.decode(Event.self, from: line) else { return }
        switch event.action {
        case "oom": ranOutOfMemory = true
        case "die", "died":
            hasDied = true
            let attributes = event.actor?.attributes ?? [:]
            exitStatus = (attributes["exitCode"] ?? attributes["containerExitCode"]).flatMap { Int($0) } ?? exitStatus
        default: break
        }
    }
}
