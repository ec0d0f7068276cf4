/// How far a pull is, summed up from the lines that the engine reports.
package struct PullTally: Sendable, Hashable {
    private struct Layer: Hashable {
        var isDone = false
        var current: Int64 = 0
        var total: Int64?
    }

    private var layers: [String: Layer] = [:]
    private let unpacksSilently: Bool

    /// Creates a tally of nothing, for an engine of `kind`.
    package init(_ kind: EngineKind) {
        // A layer of Podman's is there, as far as it ever tells, when it is downloaded.
        unpacksSilently = kind == .podman
    }

    /// The layers that are there.
    package var finishedLayers: Int { layers.values.count { $0.isDone } }

    /// The layers that the engine has named so far.
    package var knownLayers: Int { layers.count }

    /// The bytes that were downloaded; layers that were there before count as none.
    package var downloadedBytes: Int64 { layers.values.reduce(0) { $0 + $1.current } }

    /// The bytes there are to download, or nil while a layer has not told.
    package var totalBytes: Int64? {
        guard !layers.isEmpty, layers.values.allSatisfy({ $0.total != nil || $0.isDone }) else { return nil }
        return layers.values.reduce(0) { $0 + ($1.total ?? $1.current) }
    }

    /// Takes in one line.
    package mutating func add(_ line: PullProgress) {
        guard let id = line.layer else { return }
        switch line.status {
        case "Pulling fs layer", "Waiting", "Verifying Checksum":
            layers[id, default: Layer()].isDone = false
        case "Downloading":
            var layer = layers[id, default: Layer()]
            layer.current = max(layer.current, line.current ?? 0)
            if let total = line.total, total > 0 { layer.total = max(total, layer.current) }
            layers[id] = layer
        case "Download complete":
            // Podman says this of the image as a whole, too, by an identifier that no layer has.
            guard var layer = layers[id] else { return }
            layer.current = layer.total ?? layer.current
            layer.isDone = unpacksSilently
            layers[id] = layer
        case "Extracting":
            var layer = layers[id, default: Layer()]
            if let total = layer.total { layer.current = total }
            layers[id] = layer
        case "Pull complete", "Already exists":
            layers[id, default: Layer()].isDone = true
        default:
            break
        }
    }

    /// Takes in that the pull has succeeded: all that it named is there.
    package mutating func finish() {
        for id in layers.keys { layers[id]?.isDone = true }
    }
}
