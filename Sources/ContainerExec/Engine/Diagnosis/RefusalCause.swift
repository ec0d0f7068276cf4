/// Causes that an engine's refusal of any call may have, told by its words.
enum RefusalCause: Hashable {
    /// The engine's disk is full.
    case diskFull
    /// The engine does not speak the version of the API that it was asked in.
    case version

    /// Tells the cause by the engine's words; nil for one that only the call itself can know.
    init?(_ text: String) {
        let words = text.lowercased()
        if words.contains("no space left on device") || words.contains("disk quota exceeded") {
            self = .diskFull
        } else if words.contains("client version"), words.contains("too old") || words.contains("too new") {
            self = .version
        } else {
            return nil
        }
    }

    var code: ContainerExecError.Code {
        switch self {
        case .diskFull: .diskFull
        case .version: .engineUnavailable
        }
    }

    var hint: String {
        switch self {
        case .diskFull:
            "free space where the engine keeps its images and containers; 'docker system prune' removes what is unused"
        case .version:
            "unset DOCKER_API_VERSION if it is set; otherwise the engine is too new: this okteto-run speaks "
                + "\(APIVersion.oldest) to \(APIVersion.newest)"
        }
    }
}
