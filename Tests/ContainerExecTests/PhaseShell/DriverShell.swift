import FoundationEssentials
import Testing

/// A shell that the driver must work in, and what runs its commands.
struct DriverShell: Sendable, CustomTestStringConvertible {
    let name: String
    let driver: String
    let command: String

    var testDescription: String { name }

    /// Those that this machine has; `Lab/install shells` gets the rest.
    ///
    /// BusyBox and zsh take a shell's part by the name that they are called by, so they are called by links.
    static let all: [DriverShell] = {
        var shells: [DriverShell] = []
        for (name, path) in [("dash", "/bin/dash"), ("bash", "/bin/bash"), ("mksh", "/bin/mksh")]
        where FileManager.default.isExecutableFile(atPath: path) {
            shells.append(DriverShell(name: name, driver: path, command: path))
        }
        for (name, paths) in [("BusyBox ash", ["/bin/busybox", "/usr/bin/busybox"]), ("zsh", ["/bin/zsh"])] {
            guard let path = paths.first(where: FileManager.default.isExecutableFile(atPath:)),
                let link = link(name.replacing(" ", with: "-"), to: path)
            else { continue }
            shells.append(DriverShell(name: name, driver: link, command: link))
        }
        if FileManager.default.isExecutableFile(atPath: "/bin/bash") {
            shells.append(DriverShell(name: "bash below sh", driver: "/bin/sh", command: "bash"))
        }
        return shells
    }()

    /// A folder of links named `sh`, in the build folder, since nothing tells when the last test has ended.
    private static let links = FileManager.default.currentDirectoryPath + "/.build/test-shells"

    private static func link(_ name: String, to path: String) -> String? {
        let link = "\(links)/\(name)/sh"
        try? FileManager.default.createDirectory(atPath: "\(links)/\(name)", withIntermediateDirectories: true)
        try? FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        return FileManager.default.isExecutableFile(atPath: link) ? link : nil
    }
}
