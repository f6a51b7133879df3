// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/hostlimitrow.h"

#include "ui/live/limitspin.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Sluice {

HostLimitRow::HostLimitRow(QWidget *parent)
    : QWidget(parent), m_pattern(new QLineEdit(this)),
      m_limit(new LimitSpinBox(tr("unlimited"), 0, this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 2, 0, 2);
    layout->setSpacing(4);
    m_pattern->setFont(scaledFont(monospaceFont(), 96));
    m_pattern->setPlaceholderText(tr("*.example.com"));
    m_pattern->setToolTip(tr("A host, *.domain for all hosts below it, host:port, or "
                             "https://host:port; the first line that fits a request counts"));
    layout->addWidget(m_pattern, 1);
    m_limit->setValue(6);
    layout->addWidget(m_limit);
    auto *remove = new QToolButton(this);
    remove->setObjectName(u"removeHost"_s);
    remove->setText(u"\u00D7"_s);
    remove->setAutoRaise(true);
    remove->setToolTip(tr("Remove this line"));
    remove->setAccessibleName(tr("Remove the limit of this host"));
    layout->addWidget(remove);
    connect(m_pattern, &QLineEdit::editingFinished, this, [this] {
        nameParts();
        emit edited();
    });
    connect(m_limit, &QDoubleSpinBox::valueChanged, this, [this] { emit edited(); });
    connect(remove, &QToolButton::clicked, this, &HostLimitRow::removeRequested);
    nameParts();
}

void HostLimitRow::setHostLimit(const HostLimit &host)
{
    const QSignalBlocker pattern(m_pattern);
    const QSignalBlocker limit(m_limit);
    if (m_pattern->text() != host.pattern)
        m_pattern->setText(host.pattern);
    m_limit->setValue(host.limit);
    nameParts();
}

HostLimit HostLimitRow::hostLimit() const
{
    return {m_pattern->text().trimmed().toLower(), int(m_limit->value())};
}

void HostLimitRow::nameParts()
{
    m_pattern->setAccessibleName(tr("Host pattern"));
    m_limit->setAccessibleName(m_pattern->text().isEmpty()
                                   ? tr("Limit of this host")
                                   : tr("Limit of %1").arg(m_pattern->text()));
}

} // namespace Sluice
