internal import FoundationEssentials

/// Reads the two forms in which STS tells the time.
enum ServiceTime {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Returns the moment of an ISO 8601 text with a zone, with or without a fraction of any length.
    static func timestamp(_ text: String) -> Date? {
        // The strategy takes junk after the zone, so the end is checked here: Z, or ±hh:mm.
        let bytes = Array(text.utf8)
        guard (20...40).contains(bytes.count), bytes.allSatisfy({ "0123456789-:T.+Z".utf8.contains($0) }) else {
            return nil
        }
        if bytes.last == UInt8(ascii: "Z") {
            guard bytes.count(where: { $0 == UInt8(ascii: "Z") }) == 1, !bytes.contains(UInt8(ascii: "+")) else {
                return nil
            }
        } else {
            let zone = bytes.suffix(6)
            guard !bytes.contains(UInt8(ascii: "Z")), let sign = zone.first, "+-".utf8.contains(sign),
                zone[zone.startIndex + 3] == UInt8(ascii: ":")
            else { return nil }
        }
        return try? Date(text, strategy: Date.ISO8601FormatStyle())
    }

    /// Returns the moment of an HTTP date, as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
    static func httpDate(_ text: String) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]),
            let month = months.firstIndex(of: String(parts[2])),
            (1...31).contains(day), (1970...9999).contains(year)
        else { return nil }
        let clock = parts[4].split(separator: ":").map { Int($0) ?? -1 }
        guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        let seconds = (daysFromEpoch(year: year, month: month + 1, day: day) * 24 + clock[0]) * 3600
        return Date(timeIntervalSince1970: Double(seconds + clock[1] * 60 + clock[2]))
    }

    /// Returns `date` as `2026-11-23T23:00:00Z`, rounded down to the second.
    static func text(_ date: Date) -> String {
        Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down)).formatted(.iso8601)
    }

    /// Counts the days of the proleptic Gregorian calendar, with years that begin in March so that leap days come last.
    private static func daysFromEpoch(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
