import ProcessEnvironment

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A folder for one test, gone with the last reference.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/okteto-run-scratch-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError(operation: "make a folder", errno: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file and makes the folders above it.
    func write(_ name: String, _ text: String, mode: mode_t = 0o644) throws {
        try write(Array(name.utf8), Array(text.utf8), mode: mode)
    }

    /// Writes a file whose name need not be text.
    func write(_ name: [UInt8], _ bytes: [UInt8], mode: mode_t = 0o644) throws {
        var parent = Array(path.utf8)
        for part in name.split(separator: 47).dropLast() {
            parent += [47] + part
            let name = parent.map { CChar(bitPattern: $0) } + [0]
            // Whatever the umask is: folders' permissions are part of what some tests compare.
            if mkdir(name, 0o755) == 0 { _ = chmod(name, 0o755) }
        }
        let descriptor = open(cString(name), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw SystemError(operation: "write a file", errno: errno) }
        defer { close(descriptor) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { writeSome(descriptor, $0, from: sent) }
            guard count > 0 else { throw SystemError(operation: "write a file", errno: errno) }
            sent += count
        }
        fchmod(descriptor, mode)
    }

    func folder(_ name: String, mode: mode_t = 0o755) {
        mkdir(cString(Array(name.utf8)), mode)
        chmod(cString(Array(name.utf8)), mode)
    }

    func link(_ name: String, to target: String) throws {
        guard symlink(target, cString(Array(name.utf8))) == 0 else {
            throw SystemError(operation: "link", errno: errno)
        }
    }

    func hardLink(_ name: String, to target: String) throws {
        guard makeLink(cString(Array(target.utf8)), cString(Array(name.utf8))) == 0 else {
            throw SystemError(operation: "link", errno: errno)
        }
    }

    func pipe(_ name: String) {
        mkfifo(cString(Array(name.utf8)), 0o600)
    }

    private func cString(_ name: [UInt8]) -> [CChar] {
        (Array(path.utf8) + [47] + name).map { CChar(bitPattern: $0) } + [0]
    }
}

private func writeSome(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    return write(descriptor, base + start, bytes.count - start)
}

private func makeLink(_ old: [CChar], _ new: [CChar]) -> CInt {
    link(old, new)
}
