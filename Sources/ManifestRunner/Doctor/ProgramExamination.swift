internal import ArgumentParser
internal import CredentialInjector
internal import HTTPTransport
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The program itself, its libraries and the system below.
enum ProgramExamination {
    /// Returns what there is.
    static func run() -> Finding {
        var facts = [CheckFact("libraries", HTTPClient.version)]
        var names = utsname()
        if unsafe uname(&names) == 0 {
            let system = text(&names.sysname)
            let release = text(&names.release)
            facts.append(CheckFact("system", "\(system) \(release) on \(text(&names.machine))"))
        }
        return Finding(CheckStep("program", .passed, "okteto-run \(OktetoRun.configuration.version)", facts: facts))
    }

    /// The text of a field of uname(2), which ends with a zero.
    private static func text<Field>(_ field: inout Field) -> String {
        unsafe withUnsafeBytes(of: &field) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
