/// JSON objects of texts (RFC 8259), in the order given.
enum JSONText {
    /// Returns an object; a value of nil is left out.
    static func object(_ members: [(name: String, value: String?)]) -> String {
        let members = members.compactMap { member in member.value.map { "\(quote(member.name)):\(quote($0))" } }
        return "{\(members.joined(separator: ","))}"
    }

    /// Returns a text in quotation marks.
    static func quote(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
