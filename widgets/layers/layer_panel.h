// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QLineEdit;
class QMenu;
class QTreeView;

namespace octavo::gui {

class LayerTreeModel;
class NumberSortProxy;
class Session;

/// The tree of layers with filter and recipe actions; follows and leads the one selection.
class LayerPanel : public QWidget {
    Q_OBJECT

public:
    explicit LayerPanel(Session& session, QWidget* parent = nullptr);

    QStringList selectedModules() const;
    QTreeView* tree() const { return m_tree; }
    /// The context menu for what is selected now; the caller owns it.
    QMenu* makeMenu();

Q_SIGNALS:
    void noted(const QString& text); ///< for the message bar: what else changed

private:
    void buildTree();
    void followSelection();
    void leadSelection(const QModelIndex& current);
    void edit(const std::function<void(const QStringList&)>& change);

    Session& m_session;
    LayerTreeModel* m_model;
    NumberSortProxy* m_proxy;
    QLineEdit* m_filter = nullptr;
    QTreeView* m_tree = nullptr;
    bool m_following = false;
};

} // namespace octavo::gui
