import FoundationEssentials

/// The forms in which a secret may turn up, made by other means than the program's own, and a shell's way to make each.
enum SecretForm: String, CaseIterable {
    case raw, base64, base64Second, base64Third, base64URL, percentUpper, percentLower, hexUpper, hexLower, json
    case base64Lines

    /// The pipeline that turns `$V` into this form: with POSIX tools and base64(1), which every image here has.
    var command: String {
        let hex = "printf %s \"$V\" | od -An -v -tx1 | tr -d ' \\n'"
        let percent =
            "printf %s \"$V\" | od -An -v -tx1 | tr -s ' ' '\\n' | sed '/^$/d; s/^/%/' | tr -d '\\n' "
            + "| sed 's/%2d/-/g; s/%2e/./g; s/%5f/_/g; s/%7e/~/g'"
        // Every letter and digit stands for itself.
        let plain = (Array(48...57) + Array(65...90) + Array(97...122)).map { code in
            "s/%\(String(code, radix: 16))/\(String(UnicodeScalar(UInt8(code))))/g"
        }.joined(separator: ";")
        return switch self {
        case .raw: "printf %s \"$V\""
        case .base64: "printf %s \"$V\" | base64 | tr -d '\\n'"
        case .base64Second: "printf 'x%s' \"$V\" | base64 | tr -d '\\n'"
        case .base64Third: "printf 'xx%s' \"$V\" | base64 | tr -d '\\n'"
        case .base64URL: "printf %s \"$V\" | base64 | tr -d '\\n=' | tr '+/' '-_'"
        case .base64Lines: "printf %s \"$V\" | base64"
        case .percentLower: percent + " | sed '\(plain)'"
        case .percentUpper: percent + " | sed '\(plain); s/%[0-9a-f][0-9a-f]/\\U&/g'"
        case .hexLower: hex
        case .hexUpper: hex + " | tr a-f A-F"
        case .json: "printf '{\"value\":\"%s\"}' \"$(printf %s \"$V\" | sed 's/[\"\\\\]/\\\\&/g; s,/,\\\\/,g')\""
        }
    }

    /// What must not be found anywhere: of base64 the part that does not depend on what stands around it.
    func text(of secret: String) -> String {
        let bytes = Array(secret.utf8)
        return switch self {
        case .raw: secret
        case .base64, .base64Lines: String(Data(bytes).base64EncodedString().prefix(bytes.count * 4 / 3))
        case .base64Second: Self.aligned(bytes, 1)
        case .base64Third: Self.aligned(bytes, 2)
        case .base64URL:
            String(Data(bytes).base64EncodedString().prefix(bytes.count * 4 / 3)).replacing("+", with: "-")
                .replacing("/", with: "_")
        case .percentUpper: Self.percent(bytes, upper: true)
        case .percentLower: Self.percent(bytes, upper: false)
        case .hexUpper: bytes.map { Self.hex($0).uppercased() }.joined()
        case .hexLower: bytes.map(Self.hex).joined()
        case .json: secret.replacing("/", with: "\\/")
        }
    }

    /// All forms of a secret, each once.
    static func all(of secret: String) -> Set<String> {
        Set(allCases.map { $0.text(of: secret) })
    }

    private static func aligned(_ bytes: [UInt8], _ shift: Int) -> String {
        let text = Data([UInt8](repeating: 0, count: shift) + bytes).base64EncodedString()
        return String(text.prefix((bytes.count + shift) * 4 / 3).dropFirst(shift + 1))
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }

    private static func percent(_ bytes: [UInt8], upper: Bool) -> String {
        bytes.map { byte in
            let scalar = UnicodeScalar(byte)
            let isPlain =
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-._~".unicodeScalars.contains(scalar)
            let digits = hex(byte)
            return isPlain ? String(scalar) : "%" + (upper ? digits.uppercased() : digits)
        }.joined()
    }
}
