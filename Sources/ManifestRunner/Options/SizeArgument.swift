internal import ArgumentParser

/// A size of memory as the docker program has it: `536870912`, `512k`, `512m`, `2g`; `b` and a `B` behind the unit are
/// taken too.
struct SizeArgument: ExpressibleByArgument, Sendable, Hashable {
    /// The bytes, at least 1.
    let bytes: Int64

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && $0.isNumber }
        let units: [String: Int64] = [
            "": 1, "b": 1, "k": 1 << 10, "kb": 1 << 10, "m": 1 << 20, "mb": 1 << 20, "g": 1 << 30, "gb": 1 << 30,
        ]
        guard let number = Int64(digits), let unit = units[argument.dropFirst(digits.count).lowercased()] else {
            return nil
        }
        let (bytes, overflows) = number.multipliedReportingOverflow(by: unit)
        guard !overflows, bytes > 0 else { return nil }
        self.bytes = bytes
    }
}
