import java.io.File;
import java.io.PrintStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Prints every element without elements in it: its name, a tab, its text. */
class Read {
    public static void main(String[] files) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        NodeList all = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File(files[0]))
            .getElementsByTagName("*");
        for (int at = 0; at < all.getLength(); at++) {
            Element element = (Element) all.item(at);
            if (element.getElementsByTagName("*").getLength() == 0) {
                out.print(element.getTagName() + "\t" + element.getTextContent() + "\n");
            }
        }
        out.flush();
    }
}
