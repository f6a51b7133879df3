// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/hostlimitrow.h"

#include "core/tuning/limitcatalog.h"
#include "ui/live/limitspin.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Sluice {

HostLimitRow::HostLimitRow(QWidget *parent)
    : QWidget(parent), m_pattern(new QLineEdit(this)),
      m_limit(new LimitSpinBox(tr("unlimited"), 0, this)), m_auto(new QToolButton(this))
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
    m_auto->setObjectName(u"autoLimit"_s);
    m_auto->setText(tr("auto"));
    m_auto->setCheckable(true);
    m_auto->setAutoRaise(true);
    m_auto->setPopupMode(QToolButton::MenuButtonPopup);
    m_auto->setToolTip(tr("Let the limit follow what the host shows while requests run: more while "
                          "replies stay fast, less when they slow down or the host refuses"));
    fillAutoMenu();
    layout->addWidget(m_auto);
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
    connect(m_auto, &QToolButton::clicked, this, [this](bool isOn) {
        setAdaptive(isOn ? AutomaticLimit.toString() : QString());
        emit edited();
    });
    connect(remove, &QToolButton::clicked, this, &HostLimitRow::removeRequested);
    nameParts();
}

void HostLimitRow::setHostLimit(const HostLimit &host)
{
    const QSignalBlocker pattern(m_pattern);
    const QSignalBlocker limit(m_limit);
    if (m_pattern->text() != host.pattern)
        m_pattern->setText(host.pattern);
    // A limit that finds itself leaves the last number, to come back to.
    if (!host.isAdaptive())
        m_limit->setValue(host.limit);
    setAdaptive(host.adaptive);
}

HostLimit HostLimitRow::hostLimit() const
{
    const QString pattern = m_pattern->text().trimmed().toLower();
    return m_adaptive.isEmpty() ? HostLimit{pattern, int(m_limit->value())}
                                : HostLimit{pattern, 0, m_adaptive};
}

void HostLimitRow::fillAutoMenu()
{
    auto *menu = new QMenu(m_auto);
    const auto add = [this, menu](const QString &kind, const QString &text) {
        menu->addAction(text, this, [this, kind] {
            setAdaptive(kind);
            emit edited();
        });
    };
    add(AutomaticLimit.toString(), tr("auto (%1)").arg(limitCatalog().front().id));
    for (const LimitCatalogEntry &entry : limitCatalog())
        add(entry.id, entry.id);
    m_auto->setMenu(menu);
}

void HostLimitRow::setAdaptive(const QString &kind)
{
    m_adaptive = kind;
    m_auto->setChecked(!kind.isEmpty());
    m_auto->setText(kind.isEmpty() ? AutomaticLimit.toString() : kind);
    m_limit->setEnabled(kind.isEmpty());
    nameParts();
}

void HostLimitRow::nameParts()
{
    m_pattern->setAccessibleName(tr("Host pattern"));
    m_limit->setAccessibleName(m_pattern->text().isEmpty()
                                   ? tr("Limit of this host")
                                   : tr("Limit of %1").arg(m_pattern->text()));
    m_auto->setAccessibleName(m_pattern->text().isEmpty()
                                  ? tr("Let the limit of this host find itself")
                                  : tr("Let the limit of %1 find itself").arg(m_pattern->text()));
}

} // namespace Sluice
