// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace Sluice {

/**
 * Replaces secrets in texts that leave the program: reports, logs, history, copied commands. Finds
 * a secret as it is, percent-encoded, form-encoded, JSON-escaped and in base64, there also inside
 * a longer text such as `user:secret`. Of a long one also a beginning that was cut off. A value;
 * const calls from any thread.
 */
class Redactor
{
public:
    static constexpr char Mark[] = "********";

    Redactor() = default;
    explicit Redactor(const QStringList &secrets);

    /** Empty texts are ignored. */
    void add(const QString &secret);
    bool isEmpty() const { return m_needles.empty(); }

    QString redact(const QString &text) const;
    QByteArray redact(const QByteArray &text) const;

private:
    void addNeedle(const QByteArray &needle);

    std::vector<QByteArray> m_needles; ///< Longest first: a part of another never breaks it up.
    /** Those with characters that URLs escape, or not: every program has its own rule. */
    std::vector<QByteArray> m_escaped;
};

} // namespace Sluice
