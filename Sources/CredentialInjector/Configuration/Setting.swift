/// A value and where it was set.
package struct Setting<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    package let value: Value
    /// Where it was set.
    package let origin: SettingOrigin

    /// Creates a setting.
    package init(_ value: Value, from origin: SettingOrigin) {
        self.value = value
        self.origin = origin
    }
}
