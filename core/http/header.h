// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <vector>

namespace Sluice {

/** One header field as it goes on the wire. */
struct Header
{
    QByteArray name;
    QByteArray value;

    bool operator==(const Header &) const = default;
};

/** True when both name the same field (RFC 9110 5.1). */
inline bool isSameField(QByteArrayView name, QByteArrayView other)
{
    // Most names differ in length or by the first letter, which is told sooner than by comparing.
    constexpr int CaseBit = 0x20;
    return name.size() == other.size() && !name.isEmpty()
           && (name.front() | CaseBit) == (other.front() | CaseBit)
           && name.compare(other, Qt::CaseInsensitive) == 0;
}

/** Header fields in order; names compare without case (RFC 9110 5.1), repeats are kept. */
class HeaderList
{
public:
    void reserve(qsizetype fields) { m_fields.reserve(std::size_t(fields)); }
    void append(const QByteArray &name, const QByteArray &value)
    {
        m_fields.push_back({name, value});
    }
    /** Replaces every field of that name by one. */
    void set(const QByteArray &name, const QByteArray &value);
    void remove(QByteArrayView name);
    bool contains(QByteArrayView name) const;
    /** The first field's value of that name, or a null array. */
    QByteArray value(QByteArrayView name) const;
    std::vector<QByteArray> values(QByteArrayView name) const;

    auto begin() const { return m_fields.begin(); }
    auto end() const { return m_fields.end(); }
    bool isEmpty() const { return m_fields.empty(); }
    qsizetype size() const { return qsizetype(m_fields.size()); }
    const Header &operator[](qsizetype index) const { return m_fields[std::size_t(index)]; }

    bool operator==(const HeaderList &) const = default;

private:
    std::vector<Header> m_fields;
};

} // namespace Sluice
