internal import ContainerExec
internal import ManifestModel

/// The places in a phase's folder where its artifacts are put.
struct PhaseOutputs: Sendable {
    private let places: [[UInt8]]

    /// Whether there are none.
    var isEmpty: Bool { places.isEmpty }

    init(_ phase: PlannedPhase) {
        places = phase.artifacts.compactMap { artifact in
            let target = try? ExtractionTarget(folder: phase.directory, path: artifact.destination)
            return target.map { Array($0.names.joined(separator: [UInt8(ascii: "/")])) }
        }
    }

    /// Whether a path relative to the folder is such a place, or in one.
    func contains(_ path: [UInt8]) -> Bool {
        places.contains { Self.isWithin(path, $0) }
    }

    /// Whether such a place is somewhere in the folder of that path.
    func isAbove(_ path: [UInt8]) -> Bool {
        places.contains { $0.count > path.count && Self.isWithin($0, path) }
    }

    /// Whether `path` is `folder`, or in it; everything is in the folder without a name.
    private static func isWithin(_ path: [UInt8], _ folder: [UInt8]) -> Bool {
        folder.isEmpty
            || path.starts(with: folder)
                && (path.count == folder.count || path[folder.count] == UInt8(ascii: "/"))
    }
}
