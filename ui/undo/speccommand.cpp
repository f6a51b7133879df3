// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/undo/speccommand.h"

#include <QCoreApplication>

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SpecCommand", text);
}

QString nameOf(SpecPart part)
{
    switch (part) {
    case SpecPart::Method:
        return tr("method");
    case SpecPart::Url:
        return tr("URL");
    case SpecPart::Params:
        return tr("parameters");
    case SpecPart::Headers:
        return tr("headers");
    case SpecPart::Body:
        return tr("body");
    case SpecPart::Auth:
        return tr("authentication");
    case SpecPart::Checks:
        return tr("checks");
    case SpecPart::Settings:
        return tr("settings");
    case SpecPart::Docs:
        return tr("documentation");
    }
    Q_UNREACHABLE();
}

/** Parts where every keystroke is an edit; a table's edit is a step of its own. */
bool isTyped(SpecPart part)
{
    return part == SpecPart::Url || part == SpecPart::Body || part == SpecPart::Auth
           || part == SpecPart::Docs;
}

/** A longer pause of typing begins a new step. */
constexpr int PauseMs = 1500;

} // namespace

SpecCommand::SpecCommand(SpecPart part, const void *document, RequestSpec before, RequestSpec after,
                         Apply apply)
    : QUndoCommand(tr("change of %1").arg(nameOf(part))), m_part(part), m_document(document),
      m_before(std::move(before)), m_after(std::move(after)), m_apply(std::move(apply)),
      m_mergeUntil(PauseMs)
{
}

SpecCommand::SpecCommand(const QString &text, RequestSpec before, RequestSpec after, Apply apply)
    : QUndoCommand(text), m_before(std::move(before)), m_after(std::move(after)),
      m_apply(std::move(apply))
{
}

void SpecCommand::undo()
{
    m_apply(m_before);
}

void SpecCommand::redo()
{
    if (!std::exchange(m_shown, false))
        m_apply(m_after);
}

int SpecCommand::id() const
{
    return m_part && isTyped(*m_part) ? 1 + int(*m_part) : -1;
}

bool SpecCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = dynamic_cast<const SpecCommand *>(other);
    if (!next || next->m_document != m_document || m_mergeUntil.hasExpired())
        return false;
    m_after = next->m_after;
    m_mergeUntil = next->m_mergeUntil;
    return true;
}

} // namespace Sluice
